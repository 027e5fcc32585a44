// expect: wrong-content second-job — a second helper counts, and blocks for each wait
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    co_await to_thread([from, step] {
        for (int number = from; number > 0; --number) {
            say("  Countdown: {}", number);
            block_for(step);
        }
    });
}

Coro<> overlap(ms work, int from, ms step) {
    auto counting = create_task(countdown(from, step));
    auto job = get_running_loop().run_in_executor(nullptr, blocking_work, work);
    co_await counting;
    say("Executor returned: {}", co_await job);
}
