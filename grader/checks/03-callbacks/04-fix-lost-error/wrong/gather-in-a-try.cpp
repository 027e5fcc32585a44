// expect: wrong-content M22 — a plain gather in a try: the first error ends the wait
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int failed = 0;
    std::vector<Coro<>> all;
    for (const auto& [name, job] : jobs) {
        all.push_back(job());
    }
    try {
        co_await gather(std::move(all));
    } catch (const std::exception& error) {
        say("job {} failed: {}", jobs.front().first, error.what());
        ++failed;
    }
    say("ok={} failed={}", static_cast<int>(jobs.size()) - failed, failed);
}
