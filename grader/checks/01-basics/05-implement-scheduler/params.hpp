// params.hpp: the stages of one case of 01-basics/05, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    /// Stages of (message, delay); the driver makes the student's own Item of each pair.
    std::vector<std::vector<std::pair<std::string, std::chrono::milliseconds>>> stages;
};

/// Seed 0 is the set of the task text. In fresh sets every other stage repeats one of its delays,
/// so that the order of equal delays is asked; a stage may be empty.
Params draw(std::uint64_t seed);

} // namespace exercise
