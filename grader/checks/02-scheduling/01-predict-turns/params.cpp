// params.cpp: how the cases of 02-scheduling/01 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {"one", "two", "three", "zero", 2, false};
    }
    lab::Draw d(seed);
    const auto names = d.names(4);
    const bool with_zero = d.chance(40);
    const int sleeps = d.pick(std::vector<int>{1, 1, 1, 3, 4, 4});
    const bool two_queues_three = d.chance(50);
    return {names[0], names[1], names[2], with_zero ? names[3] : "", sleeps, two_queues_three};
}

} // namespace exercise
