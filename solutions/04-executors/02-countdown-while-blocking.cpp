// 04-executors/02 countdown-while-blocking, solved: hand in, count, collect.
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d); // given: block_for(d); returns "blocking result"

/// Says the numbers from `from` down to 1, and waits for `step` after each.
Coro<> countdown(int from, ms step) {
    for (int number = from; number > 0; --number) {
        say("  Countdown: {}", number);
        co_await sleep(step); // after 1 as well: then the countdown is over
    }
}

/// Runs blocking_work(work) in a thread pool and, at the same time, the countdown.
Coro<> overlap(ms work, int from, ms step) {
    // 1 hand the function in, and not its result: a worker calls it. The job has begun
    //   when this line is over, and the future is the claim check for its text.
    Future<std::string> job =
        get_running_loop().run_in_executor(nullptr, blocking_work, work);

    // 2 start the countdown too, before anything is awaited.
    Task<> counting = create_task(countdown(from, step));

    // 3 collect. Either may be the first to be over; a result waits until it is asked.
    const std::string result = co_await job;
    co_await counting;
    say("Executor returned: {}", result);
}
