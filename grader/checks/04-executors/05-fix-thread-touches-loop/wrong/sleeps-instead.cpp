// expect: wrong-content no-worker — waits on the loop, and nobody peels anything
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    for (int k = 1; k <= steps; ++k) {
        co_await sleep(step_time);
        on_progress(k);
    }
}
