// expect: wrong-content error-noticed-late — collects all outcomes and looks for errors then
#include <aio/lab.hpp>
using namespace aio;

Coro<int> one(ThreadPool& pool, std::function<int(int)> f, int item, Semaphore places) {
    const auto place = co_await places.scoped();
    const Future<int> job = get_running_loop().run_in_executor(&pool, f, item);
    co_return co_await job;
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const Semaphore places(limit);
    std::vector<Coro<int>> all;
    for (const int item : items) {
        all.push_back(one(pool, f, item, places));
    }
    std::vector<int> results;
    for (const auto& outcome : co_await gather_settled(std::move(all))) {
        if (!outcome.ok()) {
            std::rethrow_exception(outcome.exception);
        }
        results.push_back(*outcome.value);
    }
    co_return results;
}
