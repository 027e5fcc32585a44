// expect: crashed M22 — as above, and the pullers use what has gone with the call
#include <aio/lab.hpp>
using namespace aio;

Coro<> pull(ThreadPool& pool, const std::function<int(int)>& f, const std::vector<int>& items,
            std::vector<int>& results, std::size_t& next) {
    while (next < items.size()) {
        const std::size_t i = next++;
        const Future<int> job = get_running_loop().run_in_executor(&pool, f, items[i]);
        results[i] = co_await job;
    }
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    std::vector<int> results(items.size());
    std::size_t next = 0;
    std::vector<Coro<>> pullers;
    for (int k = 0; k < limit; ++k) {
        pullers.push_back(pull(pool, f, items, results, next));
    }
    co_await gather(std::move(pullers));
    co_return results;
}
