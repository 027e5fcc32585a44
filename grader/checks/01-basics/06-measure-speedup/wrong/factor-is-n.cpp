// expect: wrong-content speedup-is-n — both times are measured, the factor is printed as n
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
    std::vector<Coro<int>> tasks;
    for (int id = 0; id < n; ++id) {
        tasks.push_back(io_task(id, d));
    }
    co_await gather(std::move(tasks));
    const double concurrent = seconds(get_running_loop().time() - start);
    say("Sequential: {:.2f}s", sequential);
    say("Concurrent: {:.2f}s", concurrent);
    say("Speedup: {}.0x", n);
}
