// expect: crashed narrow-catch — catches aio::Error alone, so another exception leaves it
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> report(std::string name, Job job, int& failed) {
    try {
        co_await job();
    } catch (const Error& error) {
        say("job {} failed: {}", name, error.what());
        ++failed;
    }
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int failed = 0;
    std::vector<Coro<>> reports;
    for (const auto& [name, job] : jobs) {
        reports.push_back(report(name, job, failed));
    }
    co_await gather(std::move(reports));
    say("ok={} failed={}", static_cast<int>(jobs.size()) - failed, failed);
}
