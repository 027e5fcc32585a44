// params.cpp: how the cases of 01-basics/06 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{10, 200ms, false}}};
    }
    lab::Draw d(seed);
    const Call plain{d.between(1, 20), d.delay(10, 500), false};
    const Call slow{2 * d.between(1, 10), d.delay(10, 500), true};
    return {{plain, slow}};
}

} // namespace exercise
