// 04-executors/06 implement-map-blocking: many blocking calls, some at a time.
// Read lessons/04-executors first. Edit only this file. Check it:  ./lab check 04-6
//
// map_blocking has helpers apply the blocking function `f` to every item, in the given
// pool, and returns the results in the order of the items.
// * At most `limit` of its jobs are in the pool at once, and the next item is handed in
//   as soon as one of them has ended. The limit may be lower or higher than the number
//   of the pool's workers. Items begin in their order.
// * When f throws, no further item begins. Those that run are waited for, and then the
//   first error, by the clock, is thrown.
// * When the task that waits in map_blocking is cancelled, no further item begins. The
//   CancelledError comes out, at the latest when the jobs that run have ended, and an
//   error of theirs is not reported by the runtime.
// Set no timer. And keep a lambda that captures something out of a co_await expression:
// g++ 12 destroys its captures twice.
//
// The checker calls it five times. Its f says that it begins, blocks, and returns ten
// times the item. Item by item f blocks for
//   potato 4, 1, 3, 2, 5     100, 400, 200, 150, 250 ms   4 workers, limit 2
//   carrot 2, 1, 3           100, 150, 100 ms             1 worker, limit 2
//   turnip 1, 2, 3, 4, 5, 6  300, 200, 100, 250, 100, 150 ms   3 workers, limit 3
//   onion 1, 2, 3, 4         300, 200, 100, 100 ms        2 workers, limit 2
// Turnips 1 and 2 and onion 1 are rotten: f throws at the end. The onions are cancelled
// after 150 ms. There are no leeks. The transcript must be (lines of one instant in any
// order)
//   [    0] potato 4 begins
//   [    0] potato 1 begins
//   [  100] potato 3 begins
//   [  300] potato 2 begins
//   [  400] potato 5 begins
//   [  650] potato: [40, 10, 30, 20, 50]
//   [ 1500] carrot 2 begins
//   [ 1600] carrot 1 begins
//   [ 1750] carrot 3 begins
//   [ 1850] carrot: [20, 10, 30]
//   [ 2000] turnip 1 begins
//   [ 2000] turnip 2 begins
//   [ 2000] turnip 3 begins
//   [ 2100] turnip 4 begins
//   [ 2350] turnip: failed: turnip 2 is rotten
//   [ 3500] onion 1 begins
//   [ 3500] onion 2 begins
//   [ 3650] onion: cancelled
//   [ 4500] leek: []
//
// Rules you need: R9 (workers), R10 (cancel), R15 (errors), R17 (results).
#include <aio/lab.hpp>
using namespace aio;

/// Applies `f` to all items in `pool`, with at most `limit` jobs in it at a time.
/// Returns: the results, in the order of the items. Throws: the first error of f.
Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items,
                                    [[maybe_unused]] int limit) {
    EventLoop& loop = get_running_loop();
    std::vector<int> results;
    for (const int item : items) {
        // TODO(1): who hands in the next item while this one is being waited for?
        Future<int> job = loop.run_in_executor(&pool, f, item);
        // TODO(2): which place in the list is this result for, whenever it comes?
        // TODO(3): if an error comes instead, who has to hear of it, and when?
        results.push_back(co_await job);
    }
    co_return results;
}
