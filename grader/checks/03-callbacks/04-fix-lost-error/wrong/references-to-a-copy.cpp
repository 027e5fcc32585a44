// expect: crashed M23 — a named wrapper, but it takes references to the copy of one round
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<bool> attempt(const std::string& name, const Job& job) {
    std::string what;
    try {
        co_await job();
        co_return true;
    } catch (const std::exception& error) {
        what = error.what();
    }
    say("job {} failed: {}", name, what);
    co_return false;
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    std::vector<Coro<bool>> attempts;
    for (auto entry : jobs) {
        attempts.push_back(attempt(entry.first, entry.second));
    }
    int ok = 0;
    for (const bool well : co_await gather(std::move(attempts))) {
        ok += well ? 1 : 0;
    }
    say("ok={} failed={}", ok, static_cast<int>(jobs.size()) - ok);
}
