// expect: wrong-content narrow-catch — catches what it knows, and wait swallows the rest
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> attempt(const std::string& name, const Job& job, int& bad) {
    try {
        co_await job();
    } catch (const std::runtime_error& problem) {
        ++bad;
        say("job {} failed: {}", name, problem.what());
    }
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int bad = 0;
    std::vector<Task<>> attempts;
    for (const auto& [name, job] : jobs) {
        attempts.push_back(create_task(attempt(name, job, bad)));
    }
    co_await wait(attempts, When::all_completed);
    say("ok={} failed={}", static_cast<int>(jobs.size()) - bad, bad);
}
