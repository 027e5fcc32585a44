// expect: wrong-content M22 — expects the error of one puller to end the others
#include <aio/lab.hpp>
using namespace aio;

Coro<> pull(ThreadPool& pool, std::function<int(int)> f, std::shared_ptr<std::vector<int>> items,
            std::shared_ptr<std::size_t> next) {
    while (*next < items->size()) {
        int& place = (*items)[(*next)++];
        const Future<int> job = get_running_loop().run_in_executor(&pool, f, place);
        place = co_await job;
    }
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const auto list = std::make_shared<std::vector<int>>(items);
    const auto next = std::make_shared<std::size_t>(0);
    std::vector<Coro<>> pullers;
    for (int k = 0; k < limit; ++k) {
        pullers.push_back(pull(pool, f, list, next));
    }
    co_await gather(std::move(pullers));
    co_return *list;
}
