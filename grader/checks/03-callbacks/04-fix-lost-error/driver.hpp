// driver.hpp: hands the jobs of the case to run_jobs and says when it has come back.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

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

aio::Coro<> shift(Params p) {
    std::vector<std::pair<std::string, Job>> jobs;
    for (const DrawnJob& job : p.jobs) {
        jobs.emplace_back(job.name, [job] { return work(job); });
    }
    co_await run_jobs(std::move(jobs));
    aio::say("shift over");
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) { aio::run(exercise::shift(exercise::draw(seed))); }
