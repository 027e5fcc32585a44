// No task: the job is handed in, and this coroutine counts itself. A pool of its own, whose scope
// ends when the job is over.
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    while (from > 0) {
        say("  Countdown: {}", from--);
        co_await sleep(step);
    }
}

Coro<> overlap(ms work, int from, ms step) {
    ThreadPool helpers{1};
    auto check = get_running_loop().run_in_executor(&helpers, blocking_work, work);
    co_await countdown(from, step);
    say("Executor returned: {}", co_await check);
}
