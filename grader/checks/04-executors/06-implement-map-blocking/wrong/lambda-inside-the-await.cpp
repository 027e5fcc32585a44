// expect: crashed lambda-in-await — the job is made in the await (g++ 12)
#include <aio/lab.hpp>
using namespace aio;

Coro<int> one(ThreadPool& pool, std::function<int(int)> f, int item, Semaphore places) {
    const auto place = co_await places.scoped();
    co_return co_await get_running_loop().run_in_executor(&pool, [f, item] { return f(item); });
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const Semaphore places(limit);
    std::vector<Coro<int>> all;
    for (const int item : items) {
        all.push_back(one(pool, f, item, places));
    }
    co_return co_await gather(std::move(all));
}
