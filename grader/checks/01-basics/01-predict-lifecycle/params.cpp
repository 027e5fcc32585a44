// params.cpp: how the cases of 01-basics/01 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
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
