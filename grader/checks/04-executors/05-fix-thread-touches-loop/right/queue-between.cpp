// posts fill a queue, and the coroutine that reads it makes the reports.
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop& loop = get_running_loop();
    auto reports = std::make_shared<Queue<int>>();
    auto job = loop.run_in_executor(nullptr, [&loop, reports, steps, step_time] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            loop.call_soon_threadsafe([reports, k] { reports->put_nowait(k); });
        }
    });
    for (int k = 0; k < steps; ++k) {
        on_progress(co_await reports->get());
    }
    co_await job;
}
