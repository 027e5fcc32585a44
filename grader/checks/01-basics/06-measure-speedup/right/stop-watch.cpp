// The concurrent block first, in a helper; times in whole milliseconds by now().
#include <aio/lab.hpp>
using namespace aio;

Coro<int> io_task(int id, ms d);

double seconds(duration span) { return std::chrono::duration<double>(span).count(); }

Coro<ms> together(int n, ms d) {
    const ms begin = now();
    std::vector<Coro<int>> tasks;
    for (int id = 0; id < n; ++id) {
        tasks.push_back(io_task(id, d));
    }
    co_await gather(std::move(tasks));
    co_return now() - begin;
}

Coro<ms> in_a_row(int n, ms d) {
    const ms begin = now();
    for (int id = 0; id < n; ++id) {
        co_await io_task(id, d);
    }
    co_return now() - begin;
}

Coro<> compare(int n, ms d) {
    const ms concurrent = co_await together(n, d);
    const ms sequential = co_await in_a_row(n, d);
    say("Sequential: {:.2f}s", seconds(sequential));
    say("Concurrent: {:.2f}s", seconds(concurrent));
    say("Speedup: {:.1f}x", seconds(sequential) / seconds(concurrent));
}
