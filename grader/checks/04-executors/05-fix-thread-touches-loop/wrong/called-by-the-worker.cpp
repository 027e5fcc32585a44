// expect: wrong-content M29-callback — the worker calls on_progress itself
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    auto job = get_running_loop().run_in_executor(nullptr, [steps, step_time, on_progress] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            on_progress(k);
        }
    });
    co_await job;
}
