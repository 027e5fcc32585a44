// expect: crashed siblings-cancelled — a task group: the first failure cancels the others
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> start_all(TaskGroup& group, const std::vector<std::pair<std::string, Job>>& jobs) {
    for (const auto& [name, job] : jobs) {
        group.create_task(job(), name);
    }
    co_return;
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    co_await TaskGroup::run([&](TaskGroup& group) { return start_all(group, jobs); });
    say("ok={} failed=0", jobs.size());
}
