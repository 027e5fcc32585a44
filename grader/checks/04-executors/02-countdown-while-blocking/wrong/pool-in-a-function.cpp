// expect: wrong-time pool-scope — the pool ends with the function that hands the work in
#include <aio/lab.hpp>
using namespace aio;

std::string blocking_work(ms d);

Coro<> countdown(int from, ms step) {
    for (int number = from; number > 0; --number) {
        say("  Countdown: {}", number);
        co_await sleep(step);
    }
}

Future<std::string> start(ms d) {
    ThreadPool pool{1};
    return get_running_loop().run_in_executor(&pool, blocking_work, d);
}

Coro<> overlap(ms work, int from, ms step) {
    Future<std::string> job = start(work);
    co_await countdown(from, step);
    say("Executor returned: {}", co_await job);
}
