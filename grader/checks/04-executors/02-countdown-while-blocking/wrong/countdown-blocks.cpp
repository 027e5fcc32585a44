// expect: wrong-content M25 — the work is in the pool, and the countdown blocks the loop
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    for (int i = from; i >= 1; i--) {
        say("  Countdown: {}", i);
        block_for(step);
    }
    co_return;
}

Coro<> overlap(ms work, int from, ms step) {
    auto job = get_running_loop().run_in_executor(nullptr, blocking_work, work);
    co_await countdown(from, step);
    say("Executor returned: {}", co_await job);
}
