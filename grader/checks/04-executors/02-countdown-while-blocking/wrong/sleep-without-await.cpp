// expect: wrong-time M01 — makes a sleep in each round, and nobody runs it
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    for (int number = from; number > 0; --number) {
        say("  Countdown: {}", number);
        (void)sleep(step);
    }
    co_return;
}

Coro<> overlap(ms work, int from, ms step) {
    auto job = get_running_loop().run_in_executor(nullptr, blocking_work, work);
    auto counting = create_task(countdown(from, step));
    const std::string text = co_await job;
    co_await counting;
    say("Executor returned: {}", text);
}
