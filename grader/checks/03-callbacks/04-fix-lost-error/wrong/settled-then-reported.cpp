// expect: wrong-order M21-late — collects all outcomes first and looks into them later
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    std::vector<Coro<>> work;
    for (auto& [name, job] : jobs) {
        work.push_back(job());
    }
    const auto outcomes = co_await gather_settled(std::move(work));
    int failed = 0;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (!outcomes[i].ok()) {
            say("job {} failed: {}", jobs[i].first, outcomes[i].error());
            ++failed;
        }
    }
    say("ok={} failed={}", outcomes.size() - static_cast<std::size_t>(failed), failed);
}
