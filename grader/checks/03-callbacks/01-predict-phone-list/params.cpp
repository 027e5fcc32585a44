// params.cpp: how the cases of 03-callbacks/01 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{"Ann", "Bob"}, "Liz", "Sam", {"Uma", "Vic"}, 7, false};
    }
    lab::Draw d(seed);
    const auto early = d.names(d.pick(std::vector<int>{1, 2, 3, 3, 4}));
    const auto waiters = d.names(d.between(1, 3));
    const std::string late = d.name();
    const std::string soon = d.name();
    const int value = 2 * d.between(1, 40) + (d.chance(90) ? 0 : 1);
    return {early, late, soon, waiters, value, d.chance(50)};
}

} // namespace exercise
