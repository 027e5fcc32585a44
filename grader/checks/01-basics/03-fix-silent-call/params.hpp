// params.hpp: the guests of one case of 01-basics/03, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

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
inline Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{"Ada", "Ben", "Cleo"}, 500ms};
    }
    lab::Draw d(seed);
    Params p;
    const int guests = d.between(2, 5);
    for (int i = 0; i < guests; ++i) {
        p.names.push_back(d.name());
    }
    p.delay = d.delay(100, 900);
    return p;
}

} // namespace exercise
