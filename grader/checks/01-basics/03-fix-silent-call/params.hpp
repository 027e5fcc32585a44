// params.hpp: the guests of one case of 01-basics/03, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::vector<std::string> names;
    std::chrono::milliseconds delay;
};

/// Seed 0 is the set of the task text. There are always two guests or more: with one, greetings
/// in sequence and all at once would look the same.
Params draw(std::uint64_t seed);

} // namespace exercise
