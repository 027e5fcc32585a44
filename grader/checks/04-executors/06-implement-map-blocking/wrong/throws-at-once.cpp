// expect: wrong-time throws-at-once — stops the others, but does not wait for them
#include <aio/lab.hpp>
using namespace aio;

struct Work {
    std::vector<int> items, results;
    std::size_t next;
    bool stop;
};

Coro<> pull(ThreadPool& pool, std::function<int(int)> f, std::shared_ptr<Work> work) {
    while (!work->stop && work->next < work->items.size()) {
        const std::size_t i = work->next++;
        const Future<int> job = get_running_loop().run_in_executor(&pool, f, work->items[i]);
        try {
            work->results[i] = co_await job;
        } catch (...) {
            work->stop = true;
            throw;
        }
    }
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const auto work = std::make_shared<Work>(Work{items, items, 0, false});
    std::vector<Coro<>> pullers;
    while (pullers.size() < static_cast<std::size_t>(limit)) {
        pullers.push_back(pull(pool, f, work));
    }
    co_await gather(std::move(pullers));
    co_return work->results;
}
