// 04-executors/05 fix-thread-touches-loop: a worker reports, the loop reads it.
// Read lessons/04-executors first. Edit only this file. Check it:  ./lab check 04-5
//
// A helper peels in the back room, one piece after another, and reports each one to the
// cook: on_progress(1) after the first, on_progress(2) after the second, and so on. But
// the reports come late, and in debug mode the loop refuses them. Make on_progress(k)
// run on the loop's thread, at the instant at which piece k is ready. The function is
// over when the last report has been read. Keep its signature, and keep the work on a
// worker: one block_for(step_time) for each step. Learn of a report from the worker
// alone: set no timer. And keep the job's lambda out of the co_await expression, as it
// is here: g++ 12 destroys the captures of such a lambda twice.
//
// The checker calls it twice, beside an oven that rings at a time of its own. The
// second call takes place in the loop's debug mode. The given on_progress says which
// piece is ready, and whose thread it runs on. With 3 potatoes of 200 ms (and the oven
// after 500 ms), then 2 onions of 100 ms (and the oven after 450 ms) the transcript
// must be
//   [  200] potato: 1 of 3, says the loop
//   [  400] potato: 2 of 3, says the loop
//   [  500] oven
//   [  600] potato: 3 of 3, says the loop
//   [  600] potato: finished
//   [  700] debug mode on
//   [  800] onion: 1 of 2, says the loop
//   [  900] onion: 2 of 2, says the loop
//   [  900] onion: finished
//   [ 1150] oven
//
// Rules you need: R5 (posts come first in a turn), R7 (ties), R9 (workers).
#include <aio/lab.hpp>
using namespace aio;

/// Works through `steps` steps of `step_time` on a worker. on_progress(k) is called on
/// the loop's thread when step k has ended.
Coro<> run_with_progress(int steps, ms step_time,
                         std::function<void(int)> on_progress) {
    EventLoop* loop = &get_running_loop();
    Future<> done = loop->create_future();
    loop->run_in_executor(nullptr, [=] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            // TODO(1): which thread is this, and how does a sleeping loop hear of it?
            loop->call_soon([=] { on_progress(k); });
        }
        // TODO(2): who is allowed to complete a future of the loop?
        done.set_result();
    });
    co_await done;
}
