// the helpers pull: each job takes items until there are none, under a mutex.
#include <aio/lab.hpp>
using namespace aio;

#include <mutex>

struct List {
    std::function<int(int)> f;
    std::vector<int> items, results;
    std::mutex mutex = {};
    std::size_t next = 0;
    bool stop = false;

    std::optional<std::size_t> take() {
        const std::lock_guard lock(mutex);
        return stop || next == items.size() ? std::nullopt : std::optional(next++);
    }
    void end() {
        const std::lock_guard lock(mutex);
        stop = true;
    }
};

void pull(std::shared_ptr<List> list) {
    while (const auto i = list->take()) {
        try {
            list->results[*i] = list->f(list->items[*i]);
        } catch (...) {
            list->end();
            throw;
        }
    }
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    auto list = std::make_shared<List>(f, items, items);
    struct Stop {
        std::shared_ptr<List> list;
        ~Stop() { list->end(); }
    } at_the_end{list};
    std::exception_ptr first;
    std::vector<Future<>> pullers;
    for (int k = 0; k < limit; ++k) {
        auto puller = get_running_loop().run_in_executor(&pool, pull, list);
        puller.add_done_callback([&first](const Future<>& ended) {
            if (!first && !ended.cancelled() && ended.exception()) {
                first = ended.exception();
            }
        });
        pullers.push_back(puller);
    }
    co_await gather_settled(pullers);
    if (first) {
        std::rethrow_exception(first);
    }
    co_return list->results;
}
