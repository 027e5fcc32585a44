// expect: wrong-content M46 — asks every 10 ms whether a job has ended
#include <aio/lab.hpp>
using namespace aio;

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    std::vector<Future<int>> jobs;
    const auto open = [&] {
        return std::count_if(jobs.begin(), jobs.end(),
                             [](const Future<int>& job) { return !job.done(); });
    };
    const auto failed = [&] {
        return std::any_of(jobs.begin(), jobs.end(),
                           [](const auto& job) { return job.done() && job.exception(); });
    };
    for (const int item : items) {
        while (open() >= limit) {
            co_await sleep(10ms);
        }
        if (failed()) {
            break;
        }
        jobs.push_back(get_running_loop().run_in_executor(&pool, f, item));
    }
    while (open() > 0) {
        co_await sleep(10ms);
    }
    std::vector<int> results;
    for (const auto& job : jobs) {
        results.push_back(job.result());
    }
    co_return results;
}
