// expect: wrong-order M09 — starts the job and leaves
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop& loop = get_running_loop();
    loop.run_in_executor(nullptr, [&loop, steps, step_time, on_progress] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            loop.call_soon_threadsafe([on_progress, k] { on_progress(k); });
        }
    });
    co_return;
}
