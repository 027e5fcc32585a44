// expect: crashed M23 — the wrapper is a lambda, and what it captured ends with the round
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int failed = 0;
    std::vector<Task<>> tasks;
    for (const auto& entry : jobs) {
        auto guarded = [name = entry.first, job = entry.second, &failed]() -> Coro<> {
            try {
                co_await job();
            } catch (const std::exception& error) {
                say("job {} failed: {}", name, error.what());
                ++failed;
            }
        };
        tasks.push_back(create_task(guarded(), entry.first));
    }
    co_await wait(tasks);
    say("ok={} failed={}", static_cast<int>(jobs.size()) - failed, failed);
}
