// expect: wrong-content speedup-is-n — runs everything, but prints n·d, d and n without a clock
#include <aio/lab.hpp>
using namespace aio;

Coro<int> io_task(int id, ms d);

double seconds(duration span) { return std::chrono::duration<double>(span).count(); }

Coro<> compare(int n, ms d) {
    int done = 0;
    while (done < n) {
        co_await io_task(done++, d);
    }
    std::vector<Task<int>> tasks;
    for (int id = 0; id < n; ++id) {
        tasks.push_back(create_task(io_task(id, d)));
    }
    co_await wait(tasks);
    const double one = seconds(d);
    say("Sequential: {:.2f}s", one * n);
    say("Concurrent: {:.2f}s", one);
    say("Speedup: {:.1f}x", one * n / one);
}
