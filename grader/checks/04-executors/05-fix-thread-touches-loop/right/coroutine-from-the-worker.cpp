// the worker leaves a coroutine on the loop, and waits until it has reported.
#include <aio/lab.hpp>
using namespace aio;

Coro<> report(std::function<void(int)> on_progress, int k) {
    on_progress(k);
    co_return;
}

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop& loop = get_running_loop();
    co_await to_thread([&] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            run_coroutine_threadsafe(report(on_progress, k), loop).get();
        }
    });
}
