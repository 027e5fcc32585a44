// expect: incomplete M21 — the last line is right, but nobody says which job failed
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    std::vector<Coro<>> work;
    for (auto& entry : jobs) {
        work.push_back(entry.second());
    }
    int ok = 0;
    for (const auto& outcome : co_await gather_settled(std::move(work))) {
        ok += outcome.ok() ? 1 : 0;
    }
    say("ok={} failed={}", ok, static_cast<int>(jobs.size()) - ok);
}
