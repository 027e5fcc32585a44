// expect: crashed M23 — the note refers to a variable of the job
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop& loop = get_running_loop();
    auto work = [&] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            const int ready = k;
            loop.call_soon_threadsafe([&] { on_progress(ready); });
        }
    };
    const auto job = loop.run_in_executor(nullptr, work);
    co_await job;
}
