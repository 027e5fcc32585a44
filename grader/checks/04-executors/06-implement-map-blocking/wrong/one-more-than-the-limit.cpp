// expect: wrong-time M43 — counts one job too few
#include <aio/lab.hpp>
using namespace aio;

struct Puller {
    std::vector<int> items, results = {};
    std::size_t next = 0;
};

Coro<> pull(ThreadPool& pool, std::function<int(int)> f, std::shared_ptr<Puller> all) {
    while (all->next < all->items.size()) {
        const std::size_t mine = all->next++;
        const Future<int> job = get_running_loop().run_in_executor(&pool, f, all->items[mine]);
        all->results[mine] = co_await job;
    }
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const auto all = std::make_shared<Puller>(Puller{items, std::vector<int>(items.size())});
    std::vector<Coro<>> pullers;
    for (int k = 0; k <= limit; ++k) {
        pullers.push_back(pull(pool, f, all));
    }
    co_await gather(std::move(pullers));
    co_return all->results;
}
