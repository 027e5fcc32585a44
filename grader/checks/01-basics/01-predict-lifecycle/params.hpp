// params.hpp: names and delays of one case of 01-basics/01, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::string a, b;
    std::chrono::milliseconds da, db;
};

/// Seed 0 is the set of the task text. Fresh sets come in both orders: "B ends first" is no rule.
/// The delays are never equal: with a tie, two of the wrong machines would print the right lines.
Params draw(std::uint64_t seed);

} // namespace exercise
