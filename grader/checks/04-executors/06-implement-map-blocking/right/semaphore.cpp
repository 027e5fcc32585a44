// a semaphore guards the pool, and each item has a task of its own.
#include <aio/lab.hpp>
using namespace aio;

struct Shared {
    Semaphore places;
    std::exception_ptr error = nullptr;
};

Coro<int> one(ThreadPool& pool, std::function<int(int)> f, int item, std::shared_ptr<Shared> all) {
    const auto place = co_await all->places.scoped();
    if (all->error) {
        co_return 0;
    }
    const Future<int> job = get_running_loop().run_in_executor(&pool, f, item);
    try {
        co_return co_await job;
    } catch (const CancelledError&) {
        throw;
    } catch (...) {
        all->error = all->error ? all->error : std::current_exception();
    }
    co_return 0;
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const auto all = std::make_shared<Shared>(Shared{Semaphore(limit)});
    std::vector<Coro<int>> tasks;
    for (const int item : items) {
        tasks.push_back(one(pool, f, item, all));
    }
    const auto results = co_await gather(std::move(tasks));
    if (all->error) {
        std::rethrow_exception(all->error);
    }
    co_return results;
}
