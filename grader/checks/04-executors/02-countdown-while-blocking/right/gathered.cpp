// One gather over the future of the job and the countdown.
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    if (from == 0) {
        co_return;
    }
    say("  Countdown: {}", from);
    co_await sleep(step);
    co_await countdown(from - 1, step);
}

Coro<> overlap(ms work, int from, ms step) {
    auto job = get_running_loop().run_in_executor(nullptr, [work] { return blocking_work(work); });
    auto both = gather(job, countdown(from, step));
    co_await both;
    say("Executor returned: {}", job.result());
}
