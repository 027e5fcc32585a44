// expect: wrong-order M25 — blocks long enough for every job, then looks into the mailboxes
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    std::vector<Task<>> tasks;
    for (const auto& [name, job] : jobs) {
        tasks.push_back(create_task(job(), name));
    }
    block_for(1s);
    co_await wait(tasks);
    int failed = 0;
    for (const auto& task : tasks) {
        if (const auto error = task.exception()) {
            say("job {} failed: {}", task.name(), describe(error));
            ++failed;
        }
    }
    say("ok={} failed={}", static_cast<int>(tasks.size()) - failed, failed);
}
