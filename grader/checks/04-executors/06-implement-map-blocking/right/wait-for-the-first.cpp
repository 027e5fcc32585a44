// one loop that waits for whichever job ends first; a cancel is put off until all have ended.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::vector<int>> map_blocking(ThreadPool& pool, std::function<int(int)> f,
                                    std::vector<int> items, int limit) {
    std::vector<int> results(items.size());
    std::map<std::size_t, Future<int>> open;
    std::size_t next = 0;
    std::exception_ptr stop;
    for (;;) {
        while (!stop && next < items.size() && static_cast<int>(open.size()) < limit) {
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
        try {
            co_await wait(waiting, When::first_completed);
        } catch (const CancelledError&) {
            stop = std::current_exception();
        }
        for (auto job = open.begin(); job != open.end();) {
            if (!job->second.done()) {
                ++job;
                continue;
            }
            try {
                results[job->first] = job->second.result();
            } catch (...) {
                stop = stop ? stop : std::current_exception();
            }
            job = open.erase(job);
        }
    }
    if (stop) {
        std::rethrow_exception(stop);
    }
    co_return results;
}
