// expect: wrong-order M25 — the cook peels, and lets the others in after each piece
#include <aio/lab.hpp>
using namespace aio;

Coro<> run_with_progress(int steps, ms step_time, std::function<void(int)> on_progress) {
    for (int k = 1; k <= steps; ++k) {
        block_for(step_time);
        on_progress(k);
        co_await sleep(0ms);
    }
}
