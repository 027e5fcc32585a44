// params.hpp: the dish that one case of @(short)@ predicts, for driver and checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::string name;
    std::chrono::milliseconds delay;
};

/// Seed 0 is the set of the task text.
Params draw(std::uint64_t seed);

} // namespace exercise
