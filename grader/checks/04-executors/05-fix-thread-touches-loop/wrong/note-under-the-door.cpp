// expect: wrong-content M29 — waits for the job, but still reports with call_soon
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop& loop = get_running_loop();
    auto job = loop.run_in_executor(nullptr, [steps, step_time, on_progress, &loop] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            loop.call_soon([on_progress, k] { on_progress(k); });
        }
    });
    co_await job;
}
