// expect: wrong-content M09 — the wrappers are right, and left alone after one turn
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

struct Count {
    int ok = 0, failed = 0;
};

Coro<> guarded(std::string name, Job job, std::shared_ptr<Count> count) {
    try {
        co_await job();
        count->ok++;
    } catch (const std::exception& error) {
        say("job {} failed: {}", name, error.what());
        count->failed++;
    }
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    const auto count = std::make_shared<Count>();
    for (const auto& [name, job] : jobs) {
        create_task(guarded(name, job, count), name);
    }
    co_await sleep(0ms);
    say("ok={} failed={}", count->ok, count->failed);
}
