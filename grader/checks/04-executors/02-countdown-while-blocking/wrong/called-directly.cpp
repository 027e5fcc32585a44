// expect: wrong-time M25 — no hatch: the loop's own hands do the work
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    for (int number = from; number > 0; --number) {
        say("  Countdown: {}", number);
        co_await sleep(step);
    }
}

Coro<> overlap(ms work, int from, ms step) {
    auto counting = create_task(countdown(from, step));
    std::string result = blocking_work(work);
    co_await counting;
    say("Executor returned: {}", result);
}
