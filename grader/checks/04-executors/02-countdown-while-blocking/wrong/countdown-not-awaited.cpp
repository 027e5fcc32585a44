// expect: incomplete M09 — nobody waits for the countdown, which runs by itself
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
    auto job = get_running_loop().run_in_executor(nullptr, blocking_work, work);
    create_task(countdown(from, step));
    say("Executor returned: {}", co_await job);
}
