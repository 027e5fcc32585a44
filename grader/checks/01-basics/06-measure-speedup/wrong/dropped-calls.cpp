// expect: wrong-content M01 — the second block calls io_task and drops the objects
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
    for (int id = 0; id < n; ++id) {
        auto started = io_task(id, d);
    }
    const double concurrent = seconds(get_running_loop().time() - start);
    say("Sequential: {:.2f}s", sequential);
    say("Concurrent: {:.2f}s", concurrent);
    say("Speedup: {:.1f}x", sequential / concurrent);
}
