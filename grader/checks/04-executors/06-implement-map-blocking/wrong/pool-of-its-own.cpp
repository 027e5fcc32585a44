// expect: wrong-content another-pool — a new pool with as many workers as the limit
#include <aio/lab.hpp>
using namespace aio;

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    (void)pool;
    ThreadPool mine{static_cast<std::size_t>(limit)};
    std::vector<Future<int>> jobs;
    for (const int item : items) {
        jobs.push_back(get_running_loop().run_in_executor(&mine, f, item));
    }
    co_return co_await gather(jobs);
}
