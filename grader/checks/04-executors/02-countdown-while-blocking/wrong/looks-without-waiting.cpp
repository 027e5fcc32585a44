// expect: crashed result-not-ready — asks the future behind the countdown, without an await
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    for (int i = from; i > 0; --i) {
        say("  Countdown: {}", i);
        co_await sleep(step);
    }
}

Coro<> overlap(ms work, int from, ms step) {
    auto job = get_running_loop().run_in_executor(nullptr, blocking_work, work);
    co_await countdown(from, step);
    say("Executor returned: {}", job.result());
}
