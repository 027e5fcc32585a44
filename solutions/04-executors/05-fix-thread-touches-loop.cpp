// 04-executors/05 fix-thread-touches-loop, solved: notes through the hatch.
#include <aio/lab.hpp>
using namespace aio;

/// Works through `steps` steps of `step_time` on a worker. on_progress(k) is called on
/// the loop's thread when step k has ended.
Coro<> run_with_progress(int steps, ms step_time,
                         std::function<void(int)> on_progress) {
    EventLoop* loop = &get_running_loop();
    // 1 the work, in the back room. Everything that the job uses is a copy, since it
    //   runs beside the loop; the loop's address is all that it knows of the kitchen.
    Future<> job = loop->run_in_executor(nullptr, [=] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            // 2 the note. call_soon_threadsafe is the one door for other threads: it
            //   locks the list of notes, and it wakes a loop that sleeps.
            loop->call_soon_threadsafe([=] { on_progress(k); });
        }
    });
    // 3 the end. The job's own future is completed by a note too, on the loop's thread,
    //   and posts of one worker keep their order: the last report comes before it.
    co_await job;
}
