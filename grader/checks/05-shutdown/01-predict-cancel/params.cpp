// params.cpp: how the cases of 05-shutdown/01 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {"chef", 1000ms, 1000ms, 5000ms, 200ms, true};
    }
    lab::Draw d(seed);
    const std::string name = d.name();
    const auto start = d.delay(100, 1500);
    const auto period = d.delay(100, 600);
    const bool tie = d.chance(25);
    // Between two ticks, some time after the first; or at the instant of one.
    const auto until_cancel =
        tie ? d.between(1, 5) * period : d.between(0, 4) * period + d.delay(10ms, period - 10ms);
    return {name, start, period, until_cancel, d.delay(50, 800), d.chance(25)};
}

} // namespace exercise
