// expect: wrong-content M05 — a row of claim checks, of which the oldest is always awaited
#include <aio/lab.hpp>
using namespace aio;

#include <deque>

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    std::vector<int> results;
    std::deque<Future<int>> row;
    for (const int item : items) {
        if (row.size() == static_cast<std::size_t>(limit)) {
            const Future<int> oldest = row.front();
            row.pop_front();
            results.push_back(co_await oldest);
        }
        row.push_back(get_running_loop().run_in_executor(&pool, f, item));
    }
    for (const auto& check : row) {
        results.push_back(co_await check);
    }
    co_return results;
}
