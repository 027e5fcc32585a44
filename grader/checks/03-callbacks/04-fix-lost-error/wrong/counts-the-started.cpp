// expect: wrong-content wrong-totals — every job that was started counts as a good one
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> report(std::string name, Job job, int& failed) {
    try {
        co_await job();
    } catch (const std::exception& error) {
        say("job {} failed: {}", name, error.what());
        ++failed;
    }
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int ok = 0;
    int failed = 0;
    std::vector<Coro<>> reports;
    for (const auto& [name, job] : jobs) {
        reports.push_back(report(name, job, failed));
        ++ok;
    }
    co_await gather(std::move(reports));
    say("ok={} failed={}", ok, failed);
}
