// expect: crashed M22 — reports each failure and throws it on, into the gather
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> watched(std::string name, Job job) {
    try {
        co_await job();
    } catch (const std::exception& error) {
        say("job {} failed: {}", name, error.what());
        throw;
    }
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    std::vector<Task<>> tasks;
    for (const auto& [name, job] : jobs) {
        tasks.push_back(create_task(watched(name, job), name));
    }
    co_await gather(tasks);
    int failed = 0;
    for (const auto& task : tasks) {
        failed += task.exception() != nullptr;
    }
    say("ok={} failed={}", static_cast<int>(tasks.size()) - failed, failed);
}
