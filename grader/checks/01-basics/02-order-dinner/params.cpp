// params.cpp: how the cases of 01-basics/02 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {300ms, 500ms};
    }
    lab::Draw d(seed);
    const auto delays = d.distinct_delays(2, 100, 900);
    return {delays[0], delays[1]};
}

} // namespace exercise
