// expect: wrong-content M02 — makes a task in each round and awaits it before the next round
#include <aio/lab.hpp>
using namespace aio;

Coro<int> io_task(int id, ms d);

double seconds(duration span) { return std::chrono::duration<double>(span).count(); }

Coro<double> timed(int n, ms d, bool together) {
    const auto begin = get_running_loop().time();
    int id = 0;
    while (id < n) {
        if (together) {
            auto task = create_task(io_task(id, d));
            co_await task;
        } else {
            co_await io_task(id, d);
        }
        ++id;
    }
    co_return seconds(get_running_loop().time() - begin);
}

Coro<> compare(int n, ms d) {
    const double sequential = co_await timed(n, d, false);
    const double concurrent = co_await timed(n, d, true);
    say("Sequential: {:.2f}s", sequential);
    say("Concurrent: {:.2f}s", concurrent);
    say("Speedup: {:.1f}x", sequential / concurrent);
}
