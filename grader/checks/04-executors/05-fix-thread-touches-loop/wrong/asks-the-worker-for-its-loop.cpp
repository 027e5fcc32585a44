// expect: wrong-content M29-no-loop — looks for the running loop on the worker's thread
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    auto job = get_running_loop().run_in_executor(nullptr, [=] {
        for (int k = 1; k <= steps; ++k) {
            block_for(step_time);
            get_running_loop().call_soon_threadsafe([=] { on_progress(k); });
        }
    });
    co_await job;
}
