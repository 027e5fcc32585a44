// One wait for the next to end, again and again; each that has ended is asked at once.
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
        auto [done, pending] = co_await wait(open, When::first_completed);
        for (const auto& task : done) {
            try {
                task.result();
                ++ok;
            } catch (const std::exception& error) {
                say("job {} failed: {}", task.name(), error.what());
                ++failed;
            }
        }
        open = pending;
    }
    say("ok={} failed={}", ok, failed);
}
