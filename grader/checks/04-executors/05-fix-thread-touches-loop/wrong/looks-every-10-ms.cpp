// expect: wrong-time M46 — a counter that the worker writes and the loop looks at
#include <aio/lab.hpp>
#include <atomic>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    auto ready = std::make_shared<std::atomic<int>>(0);
    auto job = get_running_loop().run_in_executor(nullptr, [ready, steps, step_time] {
        while (*ready < steps) {
            block_for(step_time);
            ++*ready;
        }
    });
    int told = 0;
    while (told < steps) {
        while (told < *ready) {
            on_progress(++told);
        }
        co_await sleep(10ms);
    }
    co_await job;
}
