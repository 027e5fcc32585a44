// One wait for all tasks; the sequential block also uses tasks, each awaited before the next.
#include <aio/lab.hpp>
using namespace aio;

Coro<int> io_task(int id, ms d);

double seconds(duration span) { return std::chrono::duration<double>(span).count(); }

Coro<> compare(int n, ms d) {
    const auto t0 = get_running_loop().time();
    for (int id = 0; id < n; ++id) {
        Task<int> one = create_task(io_task(id, d));
        co_await one;
    }
    const auto t1 = get_running_loop().time();
    std::vector<Task<int>> tasks;
    for (int id = 0; id < n; ++id) {
        tasks.push_back(create_task(io_task(id, d)));
    }
    co_await wait(tasks, When::all_completed);
    const auto t2 = get_running_loop().time();
    say("Sequential: {:.2f}s", seconds(t1 - t0));
    say("Concurrent: {:.2f}s", seconds(t2 - t1));
    say("Speedup: {:.1f}x", seconds(t1 - t0) / seconds(t2 - t1));
}
