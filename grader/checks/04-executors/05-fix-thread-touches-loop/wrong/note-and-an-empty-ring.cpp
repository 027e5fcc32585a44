// expect: wrong-content M29-rung — call_soon from the worker, and an empty post to wake the loop
#include <aio/lab.hpp>
using namespace aio;

void wake(EventLoop* loop) {
    loop->call_soon_threadsafe([] {});
}

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop* loop = &get_running_loop();
    auto job = loop->run_in_executor(nullptr, [=] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            loop->call_soon([=] { on_progress(k); });
            wake(loop);
        }
    });
    co_await job;
}
