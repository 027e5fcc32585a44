// expect: wrong-content M43 — the pool will see to the limit
#include <aio/lab.hpp>
using namespace aio;

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    std::vector<Future<int>> jobs;
    for (const int item : items) {
        jobs.push_back(get_running_loop().run_in_executor(&pool, f, item));
    }
    (void)limit;
    co_return co_await gather(jobs);
}
