// expect: wrong-order M05 — one task reports for all, in the order of the list
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>;

struct Started {
    std::string name;
    Future<> future;
};

Coro<int> report_all(std::vector<Started> started) {
    int failed = 0;
    for (const Started& one : started) {
        std::string what;
        try {
            co_await one.future;
            continue;
        } catch (const std::exception& error) {
            what = error.what();
        }
        ++failed;
        say("job {} failed: {}", one.name, what);
    }
    co_return failed;
}

Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    std::vector<Started> started;
    for (const auto& [name, job] : jobs) {
        started.push_back({name, create_task(job())});
    }
    const int failed = co_await create_task(report_all(started), "reporter");
    say("ok={} failed={}", static_cast<int>(started.size()) - failed, failed);
}
