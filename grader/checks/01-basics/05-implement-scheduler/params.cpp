// params.cpp: how the cases of 01-basics/05 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
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
