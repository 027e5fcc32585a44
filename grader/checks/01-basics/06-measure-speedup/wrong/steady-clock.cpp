// expect: wrong-content wrong-clock — reads the computer's clock instead of the loop's
#include <aio/lab.hpp>
using namespace aio;

Coro<int> io_task(int id, ms d);

double seconds(duration span) { return std::chrono::duration<double>(span).count(); }

Coro<> compare(int n, ms d) {
    using Clock = std::chrono::steady_clock;
    const auto t0 = Clock::now();
    for (int id = 0; id < n; ++id) {
        co_await io_task(id, d);
    }
    const auto t1 = Clock::now();
    std::vector<Coro<int>> tasks;
    for (int id = 0; id < n; ++id) {
        tasks.push_back(io_task(id, d));
    }
    co_await gather(std::move(tasks));
    const auto t2 = Clock::now();
    say("Sequential: {:.2f}s", seconds(t1 - t0));
    say("Concurrent: {:.2f}s", seconds(t2 - t1));
    say("Speedup: {:.1f}x", seconds(t1 - t0) / seconds(t2 - t1));
}
