// driver.hpp: gives the jobs of the case to a Service, beside a heartbeat, and says what it
// reported.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"
#include "script.hpp"

namespace exercise {

aio::Coro<> serve_all(Params p, Heart& heart) {
    auto beating = aio::create_task(beat(heart), "heartbeat");
    std::vector<Spec> jobs;
    for (const DrawnJob& job : p.jobs) {
        const Kind kind = job.room == Room::threads     ? Kind::io
                          : job.room == Room::processes ? Kind::cpu
                                                        : Kind::async;
        jobs.push_back(Spec{job.name, kind, job.cost, job.add});
    }
    co_await aio::sleep(p.begin);
    Service service(p.threads, p.processes);
    const std::vector<Report> reports = co_await service.run(std::move(jobs));
    const std::ptrdiff_t left = workers_left();
    for (const Report& report : reports) {
        aio::say("{}: {}, waited {} ms, ran {} ms, total {}", report.name, report.room,
                 report.waited.count(), report.ran.count(), report.total);
    }
    aio::say("counter {}", counter);
    heart.look(); // a beat that is late now has had no chance to say so
    aio::say("heartbeat: {}",
             heart.late > 20ms ? std::to_string(heart.late.count()) + " ms late" : "on time");
    aio::say("workers left: {}", static_cast<long long>(left));
    beating.cancel();
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::Heart heart;
    aio::run(exercise::serve_all(exercise::draw(seed), heart));
}
