// expect: wrong-content M25 — calls f where it is
#include <aio/lab.hpp>
using namespace aio;

Coro<int> peel(std::function<int(int)> f, int item) { co_return f(item); }

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    (void)pool;
    const Semaphore places(limit);
    std::vector<int> results;
    for (const int item : items) {
        const auto place = co_await places.scoped();
        results.push_back(co_await peel(f, item));
    }
    co_return results;
}
