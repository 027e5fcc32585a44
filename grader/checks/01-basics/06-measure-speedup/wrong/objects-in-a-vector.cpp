// expect: wrong-content M02 — makes the coroutine objects first, and awaits them one by one
#include <aio/lab.hpp>
using namespace aio;

Coro<int> io_task(int id, ms d);

double seconds(duration span) { return std::chrono::duration<double>(span).count(); }

Coro<> compare(int n, ms d) {
    auto start = get_running_loop().time();
    for (int id = 0; id < n; ++id) {
        co_await io_task(id, d);
    }
    const double sequential = seconds(get_running_loop().time() - start);
    start = get_running_loop().time();
    std::vector<Coro<int>> running;
    for (int id = 0; id < n; ++id) {
        running.push_back(io_task(id, d));
    }
    for (auto& one : running) {
        co_await std::move(one);
    }
    const double concurrent = seconds(get_running_loop().time() - start);
    say("Sequential: {:.2f}s", sequential);
    say("Concurrent: {:.2f}s", concurrent);
    say("Speedup: {:.1f}x", sequential / concurrent);
}
