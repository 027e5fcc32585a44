// params.cpp: how the cases of 03-callbacks/02 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
    std::vector<Fails> rounds = {Fails::nothing, Fails::fetch, Fails::parse, Fails::save};
    if (seed == 0) {
        return {200ms, 100ms, 50ms, rounds};
    }
    lab::Draw d(seed);
    const auto delays = d.distinct_delays(3, 30, 160);
    d.shuffle(rounds);
    return {delays[0], delays[1], delays[2], rounds};
}

} // namespace exercise
