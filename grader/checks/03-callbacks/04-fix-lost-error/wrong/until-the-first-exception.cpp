// expect: wrong-content M22 — waits until the first job has failed, and reports that one
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    std::vector<Task<>> tasks;
    for (const auto& [name, job] : jobs) {
        tasks.push_back(create_task(job(), name));
    }
    const auto [done, pending] = co_await wait(tasks, When::first_exception);
    int failed = 0;
    for (const auto& task : done) {
        if (const auto error = task.exception()) {
            say("job {} failed: {}", task.name(), describe(error));
            ++failed;
        }
    }
    say("ok={} failed={}", static_cast<int>(jobs.size()) - failed, failed);
}
