// expect: wrong-content M01 — calls every job inside a try and drops the object
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int ok = 0;
    int failed = 0;
    for (const auto& [name, job] : jobs) {
        try {
            auto work = job();
            ++ok;
        } catch (const std::exception& error) {
            say("job {} failed: {}", name, error.what());
            ++failed;
        }
    }
    say("ok={} failed={}", ok, failed);
    co_return;
}
