// expect: wrong-content error-swallowed — stops at an error, and returns what it has
#include <aio/lab.hpp>
using namespace aio;

struct Work {
    ThreadPool& pool;
    std::function<int(int)> f;
    std::vector<int> items, results;
    std::size_t next = 0;
};

Coro<> pull(std::shared_ptr<Work> work) {
    while (work->next < work->items.size()) {
        const std::size_t i = work->next++;
        const Future<int> job =
            get_running_loop().run_in_executor(&work->pool, work->f, work->items[i]);
        try {
            work->results[i] = co_await job;
        } catch (const Error&) {
            work->next = work->items.size();
        }
    }
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const auto work = std::make_shared<Work>(Work{pool, f, items, items});
    std::vector<Coro<>> pullers;
    for (int k = 0; k < limit; ++k) {
        pullers.push_back(pull(work));
    }
    co_await gather(std::move(pullers));
    co_return work->results;
}
