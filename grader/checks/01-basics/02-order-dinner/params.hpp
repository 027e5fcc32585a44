// params.hpp: how long soup and bread take in one case of 01-basics/02, for driver and checker.
#pragma once
#include <lab/draw.hpp>

#include <chrono>
#include <cstdint>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::chrono::milliseconds soup, bread;
};

/// Seed 0 is the set of the task text. Either dish may take longer, never both the same.
inline Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {300ms, 500ms};
    }
    lab::Draw d(seed);
    const auto delays = d.distinct_delays(2, 100, 900);
    return {delays[0], delays[1]};
}

} // namespace exercise
