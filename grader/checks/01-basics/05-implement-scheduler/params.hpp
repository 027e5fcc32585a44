// params.hpp: the stages of one case of 01-basics/05, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

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
inline Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{{"This happens after 2 seconds", 2000ms}},
                 {{"This happens 1 second after the previous task", 1000ms}},
                 {{"Concurrent task 1", 3000ms}, {"Concurrent task 2", 3000ms}}}};
    }
    lab::Draw d(seed);
    Params p;
    const int stages = d.between(1, 4);
    for (int k = 0; k < stages; ++k) {
        auto& stage = p.stages.emplace_back();
        const int items = d.between(0, 4);
        for (const auto delay : d.distinct_delays(items, 100, 900)) {
            stage.emplace_back(d.name(), delay);
        }
        if (items > 1 && d.chance(50)) {
            stage.back().second = stage.front().second;
        }
    }
    return p;
}

} // namespace exercise
