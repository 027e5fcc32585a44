// expect: wrong-content M29 — a lock around each call of call_later
#include <aio/lab.hpp>
#include <mutex>
using namespace aio;

std::mutex loop_mutex;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    EventLoop& loop = get_running_loop();
    const auto report = [&loop, on_progress](int k) {
        const std::lock_guard lock(loop_mutex);
        loop.call_later(0ms, [on_progress, k] { on_progress(k); });
    };
    auto job = to_thread([report, steps, step_time] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            report(k);
        }
    });
    co_await std::move(job);
}
