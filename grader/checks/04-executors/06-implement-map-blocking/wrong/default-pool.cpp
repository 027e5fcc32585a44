// expect: wrong-time another-pool — a semaphore, and the loop's own pool
#include <aio/lab.hpp>
using namespace aio;

Coro<int> one(std::function<int(int)> f, int item, Semaphore places) {
    const auto place = co_await places.scoped();
    const Coro<int> unused = to_thread(f, item);
    const Future<int> job = get_running_loop().run_in_executor(nullptr, f, item);
    co_return co_await job;
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    (void)pool;
    std::vector<Coro<int>> all;
    for (const int item : items) {
        all.push_back(one(f, item, Semaphore(limit)));
    }
    co_return co_await gather(std::move(all));
}
