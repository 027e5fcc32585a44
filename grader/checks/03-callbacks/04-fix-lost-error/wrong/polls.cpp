// expect: wrong-time M46 — looks every 10 ms whether somebody has failed
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    std::vector<Task<>> open;
    for (const auto& [name, job] : jobs) {
        open.push_back(create_task(job(), name));
    }
    int ok = 0;
    int failed = 0;
    while (!open.empty()) {
        for (std::size_t i = 0; i < open.size();) {
            if (!open[i].done()) {
                ++i;
                continue;
            }
            if (const auto error = open[i].exception()) {
                say("job {} failed: {}", open[i].name(), describe(error));
                ++failed;
            } else {
                ++ok;
            }
            open.erase(open.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if (!open.empty()) {
            co_await sleep(10ms);
        }
    }
    say("ok={} failed={}", ok, failed);
}
