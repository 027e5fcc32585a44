// expect: wrong-order result-too-soon — says the result when the job is over, not when both are
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
    Task<> counting = create_task(countdown(from, step));
    say("Executor returned: {}",
        co_await get_running_loop().run_in_executor(nullptr, blocking_work, work));
    co_await counting;
}
