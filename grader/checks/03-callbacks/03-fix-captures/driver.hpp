// driver.hpp: hands the three functions to the script of the case.
#pragma once
#include "script.hpp"

#include <memory>

namespace exercise {

void announce(aio::EventLoop& loop, std::vector<std::string> names, aio::ms step) {
    announce_all(loop, std::move(names), step);
}

aio::Task<> log(std::string prefix, std::function<std::string()> source) {
    return start_logger(std::move(prefix), std::move(source));
}

/// Greets with a name that lives no longer than the call, and lies on the heap, where every
/// compiler's sanitizer notices its end.
aio::Task<> start_greeting(const std::string& visitor, aio::ms after) {
    return aio::create_task(greet(std::move(*std::make_unique<std::string>(visitor)), after));
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(seed, {exercise::announce, exercise::log, exercise::start_greeting});
}
