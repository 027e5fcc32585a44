// expect: wrong-content M08 — whoever is back appends its result
#include <aio/lab.hpp>
using namespace aio;

struct Table {
    Semaphore free;
    std::vector<int> results = {};
    bool broken = false;
};

Coro<> peel_one(ThreadPool& pool, std::function<int(int)> f, int item,
                std::shared_ptr<Table> table) {
    co_await table->free.acquire();
    if (!table->broken) {
        const Future<int> job = get_running_loop().run_in_executor(&pool, f, item);
        std::optional<int> result;
        std::exception_ptr error;
        try {
            result = co_await job;
        } catch (...) {
            table->broken = true;
            error = std::current_exception();
        }
        if (error) {
            std::rethrow_exception(error);
        }
        table->results.push_back(*result);
    }
    table->free.release();
}

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    const auto table = std::make_shared<Table>(Table{Semaphore(limit)});
    std::vector<Coro<>> all;
    for (const int item : items) {
        all.push_back(peel_one(pool, f, item, table));
    }
    co_await gather(std::move(all));
    co_return table->results;
}
