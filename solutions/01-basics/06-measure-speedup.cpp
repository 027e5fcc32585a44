// 01-basics/06 measure-speedup, solved: two measurements, then three lines.
#include <aio/lab.hpp>
using namespace aio;

Coro<int> io_task(int id, ms d); // given: co_await sleep(d); co_return id;

double seconds_between(time_point from, time_point to) {
    return std::chrono::duration<double>(to - from).count();
}

/// Says how long n tasks take one after another, how long together, and the quotient.
Coro<> compare(int n, ms d) {
    // 1 one after another. The loop's clock is virtual here: the computer's own clock
    //   would not notice that two seconds of waiting went by.
    const auto t0 = get_running_loop().time();
    for (int id = 0; id < n; ++id) {
        co_await io_task(id, d);
    }

    // 2 together. The second reading comes after the await, since time moves only while
    //   this function waits (R6): creating the tasks takes none.
    const auto t1 = get_running_loop().time();
    std::vector<Coro<int>> tasks;
    for (int id = 0; id < n; ++id) {
        tasks.push_back(io_task(id, d));
    }
    co_await gather(std::move(tasks));
    const auto t2 = get_running_loop().time();

    // 3 the lines come last, so that saying them is not measured.
    say("Sequential: {:.2f}s", seconds_between(t0, t1));
    say("Concurrent: {:.2f}s", seconds_between(t1, t2));
    say("Speedup: {:.1f}x", seconds_between(t0, t1) / seconds_between(t1, t2));
}
