// A task group whose children never fail: each writes its verdict into its own slot.
#include <aio/lab.hpp>
#include <deque>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> judge(const std::pair<std::string, Job>& entry, bool& well) {
    std::exception_ptr error;
    try {
        co_await entry.second();
    } catch (...) {
        error = std::current_exception();
    }
    well = error == nullptr;
    if (!well) {
        say("job {} failed: {}", entry.first, describe(error));
    }
}

Coro<> judge_all(TaskGroup& group, const std::vector<std::pair<std::string, Job>>& jobs,
                 std::deque<bool>& well) {
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        group.create_task(judge(jobs[i], well[i]), jobs[i].first);
    }
    co_return;
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    std::deque<bool> well(jobs.size());
    co_await TaskGroup::run([&](TaskGroup& group) { return judge_all(group, jobs, well); });
    const auto ok = std::count(well.begin(), well.end(), true);
    say("ok={} failed={}", ok, static_cast<std::ptrdiff_t>(jobs.size()) - ok);
}
