// expect: incomplete M01 — the post calls a coroutine function, and that is all
#include <aio/lab.hpp>
using namespace aio;

Coro<> tell(std::function<void(int)> on_progress, int k) {
    on_progress(k);
    co_return;
}

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop& loop = get_running_loop();
    const auto job = loop.run_in_executor(nullptr, [&] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            loop.call_soon_threadsafe([=] { auto report = tell(on_progress, k); });
        }
    });
    co_await job;
}
