// expect: wrong-order M02 — a wrapper for each job, and each wrapper has the rail to itself
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<bool> succeeded(std::string name, Job job) {
    std::string error;
    try {
        co_await job();
        co_return true;
    } catch (const std::exception& e) {
        error = e.what();
    }
    say("job {} failed: {}", name, error);
    co_return false;
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int score[2] = {0, 0};
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        auto task = create_task(succeeded(jobs[i].first, jobs[i].second));
        const bool well = co_await task;
        ++score[well ? 1 : 0];
    }
    say("ok={} failed={}", score[1], score[0]);
}
