// driver.hpp: gives the jobs of the case to a Service, beside a heartbeat, and says what it
// reported.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>

int work(aio::ms cost, int add) {
    aio::block_for(cost);
    return add;
}

aio::Coro<int> async_work(aio::ms cost, int add) {
    co_await aio::sleep(cost);
    co_return add;
}

namespace exercise {

/// Beats at 0 and every 10 ms. `due`: the date of the next beat; `late`: the longest delay so far.
struct Heart {
    aio::ms due = 0ms;
    aio::ms late = 0ms;

    void look() { late = std::max(late, aio::now() - due); }
};

aio::Coro<> beat(Heart& heart) {
    for (;;) {
        heart.look();
        heart.due = aio::now() + 10ms;
        co_await aio::sleep(10ms);
    }
}

/// Returns: how many threads there are besides this one. A thread that was joined takes a moment to
/// leave the system's list, so while there are some it looks again, for a little real time.
inline std::ptrdiff_t workers_left() {
    const auto patience = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
    for (;;) {
        std::error_code unknown; // a system without such a list
        const auto tasks = std::filesystem::directory_iterator("/proc/self/task", unknown);
        const auto threads = std::distance(begin(tasks), std::filesystem::directory_iterator());
        if (threads <= 1 || std::chrono::steady_clock::now() > patience) {
            return std::max<std::ptrdiff_t>(threads - 1, 0);
        }
        std::this_thread::yield();
    }
}

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
