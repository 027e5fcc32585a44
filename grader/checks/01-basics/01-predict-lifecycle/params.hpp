// params.hpp: names and delays of one case of 01-basics/01, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

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
inline Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {"A", "B", 2000ms, 1000ms};
    }
    lab::Draw d(seed);
    const std::string a = d.name();
    const std::string b = d.name();
    const auto delays = d.distinct_delays(2, 100, 3000);
    return {a, b, delays[0], delays[1]};
}

} // namespace exercise
