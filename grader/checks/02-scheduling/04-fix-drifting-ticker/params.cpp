// params.cpp: how the cases of 02-scheduling/04 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {0ms, 100ms, {30ms, 30ms, 250ms, 30ms, 30ms}};
    }
    lab::Draw d(seed);
    Params p;
    p.period = d.delay(100, 300);
    p.start = d.between(1, 3) * p.period;
    const int ticks = d.between(5, 8);
    p.works = d.distinct_delays(ticks, 10ms, p.period - 10ms);
    const int longest = d.between(1, ticks - 3);
    p.works[static_cast<std::size_t>(longest)] += d.between(2, 3) * p.period;
    if (longest + 3 < ticks && d.chance(50)) {
        p.works[static_cast<std::size_t>(longest) + 3] += p.period;
    }
    return p;
}

} // namespace exercise
