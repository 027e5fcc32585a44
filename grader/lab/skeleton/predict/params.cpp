// params.cpp: how the cases of @(short)@ are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {"soup", 300ms};
    }
    lab::Draw d(seed);
    const std::string name = d.name();
    return {name, d.delay(100, 900)};
}

} // namespace exercise
