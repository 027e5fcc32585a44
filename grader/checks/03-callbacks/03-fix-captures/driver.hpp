// driver.hpp: one day at the agency: it calls each of the three functions twice.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

namespace exercise {

aio::ms pause_of_the_log{};

/// Returns: a source that gives one entry after the other, then an empty one.
std::function<std::string()> source_of(const std::vector<std::string>& entries) {
    return [entries, next = std::size_t{0}]() mutable {
        return next < entries.size() ? entries[next++] : std::string();
    };
}

/// Greets with a name that lives no longer than the call, and lies on the heap, where every
/// compiler's sanitizer notices its end.
aio::Task<> start_greeting(const Visitor& visitor) {
    return aio::create_task(
        greet(std::move(*std::make_unique<std::string>(visitor.name)), visitor.after));
}

aio::Coro<> day(Params p) {
    pause_of_the_log = p.pause;
    aio::say("actors");
    for (const Cast& cast : p.casts) {
        announce_all(aio::get_running_loop(), cast.names, cast.step);
    }
    co_await aio::sleep(announcing_time(p));

    aio::say("log");
    std::vector<aio::Task<>> tasks;
    for (const Log& log : p.logs) {
        tasks.push_back(start_logger(log.prefix, source_of(log.entries)));
    }
    for (auto& task : tasks) {
        co_await task;
    }

    aio::say("visitors");
    tasks.clear();
    for (const Visitor& visitor : p.visitors) {
        tasks.push_back(start_greeting(visitor));
    }
    for (auto& task : tasks) {
        co_await task;
    }
    aio::say("closed");
}

} // namespace exercise

aio::Coro<> log_pause() { co_await aio::sleep(exercise::pause_of_the_log); }

extern "C" void lab_entry(std::uint64_t seed) { aio::run(exercise::day(exercise::draw(seed))); }
