// expect: wrong-content M09 — callbacks report, but nobody waits for the jobs
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    const auto failed = std::make_shared<int>(0);
    for (const auto& [name, job] : jobs) {
        auto task = create_task(job(), name);
        task.add_done_callback([name = name, failed](Future<> done) {
            if (done.cancelled()) {
                return;
            }
            if (const auto error = done.exception()) {
                say("job {} failed: {}", name, describe(error));
                ++*failed;
            }
        });
    }
    say("ok={} failed={}", static_cast<int>(jobs.size()) - *failed, *failed);
    co_return;
}
