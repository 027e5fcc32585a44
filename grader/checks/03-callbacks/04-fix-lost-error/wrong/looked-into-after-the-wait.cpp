// expect: wrong-order M21-late — keeps the wait of the stub and asks every task behind it
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    int failed = 0;
    std::vector<Task<>> running;
    for (const auto& [name, job] : jobs) {
        running.push_back(create_task(job(), name));
    }
    co_await wait(running);
    while (!running.empty()) {
        auto last = running.back();
        running.pop_back();
        try {
            last.result();
        } catch (const std::exception& e) {
            say("job {} failed: {}", last.name(), e.what());
            failed += 1;
        }
    }
    say("ok={} failed={}", static_cast<int>(jobs.size()) - failed, failed);
}
