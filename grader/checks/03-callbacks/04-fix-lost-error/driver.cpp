// driver.cpp: hands the jobs of the case to run_jobs and says when it has come back.
#include "script.hpp"

#include "params.hpp"

#include <stdexcept>

namespace exercise {

aio::Coro<> work(DrawnJob job) {
    if (job.delay > 0ms) {
        co_await aio::sleep(job.delay);
    }
    if (job.end == End::error) {
        throw aio::Error(job.what);
    }
    if (job.end == End::logic_error) {
        throw std::logic_error(job.what);
    }
    aio::say("{}: done", job.name);
}

aio::Coro<> shift(Params p, RunJobs run_jobs) {
    NamedJobs jobs;
    for (const DrawnJob& job : p.jobs) {
        jobs.emplace_back(job.name, [job] { return work(job); });
    }
    co_await run_jobs(std::move(jobs));
    aio::say("shift over");
}

void run_script(std::uint64_t seed, RunJobs run_jobs) { aio::run(shift(draw(seed), run_jobs)); }

} // namespace exercise
