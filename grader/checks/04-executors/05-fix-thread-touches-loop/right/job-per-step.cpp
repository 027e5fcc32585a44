// each step is a job of its own, awaited where the report is made.
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    for (int k = 1; k <= steps; ++k) {
        co_await to_thread(block_for, step_time);
        on_progress(k);
    }
}
