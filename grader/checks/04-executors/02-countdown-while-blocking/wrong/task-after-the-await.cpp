// expect: wrong-time M26 — makes a task of the countdown, but behind the await
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    for (int number = from; number > 0; --number) {
        say("  Countdown: {}", number);
        co_await sleep(step);
    }
}

Coro<std::string> in_the_pool(ms d) { co_return co_await to_thread(blocking_work, d); }

Coro<> overlap(ms work, int from, ms step) {
    auto counting = countdown(from, step); // an object, and nobody runs it yet
    const auto text = co_await in_the_pool(work);
    auto task = create_task(std::move(counting));
    co_await task;
    say("Executor returned: {}", text);
}
