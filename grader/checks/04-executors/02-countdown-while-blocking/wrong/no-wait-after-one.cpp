// expect: wrong-time last-wait-missing — waits between the numbers only
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    for (int number = from; number > 0; --number) {
        say("  Countdown: {}", number);
        if (number > 1) {
            co_await sleep(step);
        }
    }
}

Coro<> overlap(ms work, int from, ms step) {
    auto job = get_running_loop().run_in_executor(nullptr, blocking_work, work);
    co_await countdown(from, step);
    say("Executor returned: {}", co_await job);
}
