// expect: wrong-content siblings-cancelled — reports the first failure, then cancels the others
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    std::vector<Task<>> tasks;
    for (const auto& [name, job] : jobs) {
        tasks.push_back(create_task(job(), name));
    }
    int failed = 0;
    const auto first = co_await wait(tasks, When::first_exception);
    for (const auto& task : first.done) {
        if (auto error = task.exception()) {
            say("job {} failed: {}", task.name(), describe(error));
            ++failed;
        }
    }
    for (auto& task : first.pending) {
        task.cancel();
    }
    say("ok={} failed={}", static_cast<int>(tasks.size()) - failed, failed);
}
