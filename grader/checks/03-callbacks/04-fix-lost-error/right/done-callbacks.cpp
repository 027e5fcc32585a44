// A done-callback for each task looks into the mailbox; a settled gather waits for all (R4, R15).
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int failed = 0;
    std::vector<Task<>> tasks;
    for (const auto& [name, job] : jobs) {
        auto task = create_task(job(), name);
        task.add_done_callback([name = name, &failed](Future<> done) {
            if (const auto error = done.exception()) {
                say("job {} failed: {}", name, describe(error));
                ++failed;
            }
        });
        tasks.push_back(task);
    }
    co_await gather_settled(tasks);
    say("ok={} failed={}", static_cast<int>(jobs.size()) - failed, failed);
}
