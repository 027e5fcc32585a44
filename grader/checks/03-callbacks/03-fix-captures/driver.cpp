// driver.cpp: one day at the agency: it calls each of the three functions twice.
#include "script.hpp"

#include "params.hpp"

namespace exercise {

aio::ms pause_of_the_log{};

/// Returns: a source that gives one entry after the other, then an empty one.
std::function<std::string()> source_of(const std::vector<std::string>& entries) {
    return [entries, next = std::size_t{0}]() mutable {
        return next < entries.size() ? entries[next++] : std::string();
    };
}

aio::Coro<> day(Params p, Agency agency) {
    pause_of_the_log = p.pause;
    aio::say("actors");
    for (const Cast& cast : p.casts) {
        agency.announce_all(aio::get_running_loop(), cast.names, cast.step);
    }
    co_await aio::sleep(announcing_time(p));

    aio::say("log");
    std::vector<aio::Task<>> tasks;
    for (const Log& log : p.logs) {
        tasks.push_back(agency.start_logger(log.prefix, source_of(log.entries)));
    }
    for (auto& task : tasks) {
        co_await task;
    }

    aio::say("visitors");
    tasks.clear();
    for (const Visitor& visitor : p.visitors) {
        tasks.push_back(agency.start_greeting(visitor.name, visitor.after));
    }
    for (auto& task : tasks) {
        co_await task;
    }
    aio::say("closed");
}

void run_script(std::uint64_t seed, Agency agency) { aio::run(day(draw(seed), agency)); }

} // namespace exercise

aio::Coro<> log_pause() { co_await aio::sleep(exercise::pause_of_the_log); }
