// expect: wrong-content children-run-on — a cancel reaches the puller that is awaited, and no other
#include <aio/lab.hpp>
using namespace aio;

struct Work {
    ThreadPool& pool;
    std::function<int(int)> f;
    std::vector<int> items, results;
    std::size_t next = 0;
    std::exception_ptr error = nullptr;
};

Coro<> pull(std::shared_ptr<Work> work) {
    while (work->next < work->items.size() && !work->error) {
        const std::size_t i = work->next++;
        const Future<int> job =
            get_running_loop().run_in_executor(&work->pool, work->f, work->items[i]);
        try {
            work->results[i] = co_await job;
        } catch (const Error&) {
            work->error = work->error ? work->error : std::current_exception();
        }
    }
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const auto work = std::make_shared<Work>(Work{pool, f, items, items});
    std::vector<Task<>> pullers;
    for (int k = 0; k < limit; ++k) {
        pullers.push_back(create_task(pull(work)));
    }
    for (const auto& puller : pullers) {
        co_await puller;
    }
    if (work->error) {
        std::rethrow_exception(work->error);
    }
    co_return work->results;
}
