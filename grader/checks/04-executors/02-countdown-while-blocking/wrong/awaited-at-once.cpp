// expect: wrong-time M26 — stands at the hatch until the work is done, and counts then
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
    std::string result = co_await get_running_loop().run_in_executor(nullptr, blocking_work, work);
    co_await countdown(from, step);
    say("Executor returned: {}", result);
}
