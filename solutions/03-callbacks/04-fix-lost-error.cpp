// 03-callbacks/04 fix-lost-error, solved: each job has somebody who waits for it alone.
#include <aio/lab.hpp>
using namespace aio;

using Job = std::function<Coro<>()>; // a call gives the coroutine that does the work

/// What all jobs of one shift write into.
struct Tally {
    int ok = 0;
    int failed = 0;
};

// 1 a wrapper: it awaits its job inside a `try`, so the error comes out right here, in
//   the instant in which the job fails, and goes no further. The reference is safe,
//   because run_jobs, which owns the tally, waits for all wrappers.
Coro<> report(std::string name, Job job, Tally& tally) {
    try {
        co_await job();
        ++tally.ok;
    } catch (const std::exception& error) {
        say("job {} failed: {}", name, error.what());
        ++tally.failed;
    }
}

/// Runs all jobs together, reports each failure, and says how many went well.
Coro<> run_jobs(std::vector<std::pair<std::string, Job>> jobs) {
    Tally tally;

    // 2 the wrappers are what becomes tasks.
    std::vector<Coro<>> reports;
    for (const auto& [name, job] : jobs) {
        reports.push_back(report(name, job, tally));
    }

    // 3 a plain gather is enough: no wrapper ever throws, so none ends it early.
    co_await gather(std::move(reports));
    say("ok={} failed={}", tally.ok, tally.failed);
}
