// params.hpp: the dish that one case of 05-shutdown/01 predicts, for driver and checker.
#pragma once
#include <lab/draw.hpp>

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
inline Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {"soup", 300ms};
    }
    lab::Draw d(seed);
    const std::string name = d.name();
    return {name, d.delay(100, 900)};
}

} // namespace exercise
