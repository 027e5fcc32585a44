// expect: wrong-order M02 — awaits each job inside its own try, before the next one begins
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int ok = 0;
    for (const auto& [name, job] : jobs) {
        try {
            co_await job();
            ++ok;
        } catch (const std::exception& error) {
            say("job {} failed: {}", name, error.what());
        }
    }
    say("ok={} failed={}", ok, static_cast<int>(jobs.size()) - ok);
}
