// expect: wrong-time M02 — the work is handed in when the countdown is over
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
    co_await counting;
    auto job = get_running_loop().run_in_executor(nullptr, blocking_work, work);
    say("Executor returned: {}", co_await job);
}
