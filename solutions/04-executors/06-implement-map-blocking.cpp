// 04-executors/06 implement-map-blocking, solved: coroutines pull from one list.
#include <aio/lab.hpp>
using namespace aio;

/// What the pullers share. No lock is needed: all of them live on the loop's thread,
/// and only f runs elsewhere, with copies.
struct Work {
    ThreadPool& pool;
    std::function<int(int)> f;
    std::vector<int> items;
    std::vector<int> results;
    std::size_t next = 0; ///< the first item that nobody has taken
    std::exception_ptr error = nullptr;
};

// 1 one puller: takes the next item, waits for its job, and takes another one. So it
//   has one job in the pool at a time, and a place that gets free is filled at once.
Coro<> pull(std::shared_ptr<Work> work) {
    while (work->error == nullptr && work->next < work->items.size()) {
        const std::size_t i = work->next++;
        try {
            Future<int> job = get_running_loop().run_in_executor(&work->pool, work->f,
                                                                 work->items[i]);
            // 2 the place was chosen before the wait, so the order of the ends does
            //   not matter.
            work->results[i] = co_await job;
        } catch (const CancelledError&) {
            throw; // a request to end, and no error of f
        } catch (...) {
            // 3 the first error stays, and stops every puller at its next item. It is
            //   not thrown here: gather would end at once, and others still wait.
            if (work->error == nullptr) {
                work->error = std::current_exception();
            }
        }
    }
}

/// Applies `f` to all items in `pool`, with at most `limit` jobs in it at a time.
/// Returns: the results, in the order of the items. Throws: the first error of f.
Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const std::vector<int> places(items.size());
    const auto work = std::make_shared<Work>(Work{pool, f, items, places});
    std::vector<Coro<>> pullers;
    for (int i = 0; i < limit; ++i) {
        pullers.push_back(pull(work));
    }
    // 4 a cancel of this wait goes on to every puller (gather does that), and from
    //   there to their jobs' futures: nobody asks for what comes out of those any more.
    co_await gather(std::move(pullers));
    if (work->error != nullptr) {
        std::rethrow_exception(work->error);
    }
    co_return work->results;
}
