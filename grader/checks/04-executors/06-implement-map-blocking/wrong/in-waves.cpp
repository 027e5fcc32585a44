// expect: incomplete M28-waves — hands in as many as the limit allows, and waits for all of them
#include <aio/lab.hpp>
using namespace aio;

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    std::vector<int> results;
    for (std::size_t begin = 0; begin < items.size(); begin += static_cast<std::size_t>(limit)) {
        std::vector<Future<int>> wave;
        for (std::size_t i = begin;
             i < std::min(begin + static_cast<std::size_t>(limit), items.size()); ++i) {
            wave.push_back(get_running_loop().run_in_executor(&pool, f, items[i]));
        }
        for (const int result : co_await gather(std::move(wave))) {
            results.push_back(result);
        }
    }
    co_return results;
}
