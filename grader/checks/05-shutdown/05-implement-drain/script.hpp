// script.hpp: what the driver needs of an answer, whatever it looks like.
#pragma once
#include <lab/driver.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace exercise {

/// Finished, cut, failed, stuck.
using Report = std::array<int, 4>;
using Drain = aio::Coro<Report> (*)(std::vector<aio::Task<>> tasks, aio::ms grace);

/// Runs the case of `seed`.
void run_script(std::uint64_t seed, Drain drain);

} // namespace exercise
