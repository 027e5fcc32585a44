// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace exercise {

/// The three functions of the agency.
struct Agency {
    void (*announce_all)(aio::EventLoop& loop, std::vector<std::string> names, aio::ms step);
    aio::Task<> (*start_logger)(std::string prefix, std::function<std::string()> source);
    aio::Task<> (*start_greeting)(const std::string& visitor, aio::ms after);
};

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, Agency agency);

} // namespace exercise

aio::Coro<> log_pause();
