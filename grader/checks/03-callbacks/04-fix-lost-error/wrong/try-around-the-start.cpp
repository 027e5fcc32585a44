// expect: wrong-content M21 — a try around the line that starts the job
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int failed = 0;
    std::vector<Task<>> tasks;
    for (const auto& [name, job] : jobs) {
        try {
            tasks.push_back(create_task(job(), name));
        } catch (const std::exception& error) {
            say("job {} failed: {}", name, error.what());
            ++failed;
        }
    }
    co_await wait(tasks);
    say("ok={} failed={}", static_cast<int>(jobs.size()) - failed, failed);
}
