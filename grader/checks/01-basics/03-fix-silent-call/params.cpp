// params.cpp: how the cases of 01-basics/03 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
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
