// expect: wrong-content no-job — a sleep in place of the work, and a text that is known
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
    auto job = create_task(sleep(work));
    auto counting = create_task(countdown(from, step));
    co_await job;
    co_await counting;
    say("Executor returned: blocking result");
}
