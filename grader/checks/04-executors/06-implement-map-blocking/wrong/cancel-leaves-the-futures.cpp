// expect: wrong-content M21 — after a cancel nobody asks for the futures that are left
#include <aio/lab.hpp>
using namespace aio;

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    std::vector<int> results(items.size());
    std::map<std::size_t, Future<int>> open;
    std::size_t next = 0;
    std::exception_ptr error;
    for (;;) {
        while (!error && next < items.size() && open.size() < static_cast<std::size_t>(limit)) {
            open.emplace(next, get_running_loop().run_in_executor(&pool, f, items[next]));
            ++next;
        }
        if (open.empty()) {
            break;
        }
        std::vector<Future<int>> waiting;
        for (const auto& [i, job] : open) {
            waiting.push_back(job);
        }
        co_await wait(waiting, When::first_completed);
        for (auto job = open.begin(); job != open.end();) {
            if (!job->second.done()) {
                ++job;
                continue;
            }
            try {
                results[job->first] = job->second.result();
            } catch (...) {
                error = error ? error : std::current_exception();
            }
            job = open.erase(job);
        }
    }
    if (error) {
        std::rethrow_exception(error);
    }
    co_return results;
}
