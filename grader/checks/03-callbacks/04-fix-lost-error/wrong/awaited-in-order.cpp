// expect: wrong-order M05 — awaits each task in its own try, one after the other
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int failed = 0;
    std::vector<Task<>> tasks;
    for (const auto& [name, job] : jobs) {
        tasks.push_back(create_task(job(), name));
    }
    for (auto& task : tasks) {
        try {
            co_await task;
        } catch (const std::exception& error) {
            say("job {} failed: {}", task.name(), error.what());
            ++failed;
        }
    }
    say("ok={} failed={}", static_cast<int>(jobs.size()) - failed, failed);
}
