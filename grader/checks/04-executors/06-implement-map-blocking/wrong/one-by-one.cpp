// expect: wrong-content M26 — awaits each job before it hands in the next
#include <aio/lab.hpp>
using namespace aio;

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    std::vector<int> results(items.size());
    for (std::size_t i = 0; i < items.size() && limit > 0; ++i) {
        const Future<int> job = get_running_loop().run_in_executor(&pool, f, items[i]);
        results[i] = co_await job;
    }
    co_return results;
}
