// params.cpp: how the cases of 04-executors/02 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {1000ms, 5, 200ms, "blocking result"};
    }
    lab::Draw d(seed);
    Params p{{}, d.pick(std::vector<int>{2, 3, 4, 6}), {}, d.name() + " result"};
    const auto arm = seed % 4;
    if (arm == 3) {
        p.from = d.between(1, 3); // 1 in some sets: one number and one wait
    }
    p.step = p.from > 3 ? d.delay(60, 100) : d.delay(80, 160);
    const auto whole = p.from * p.step;
    if (arm < 2) { // it ends between two lines, never at the instant of one
        p.work = p.step * d.between(1, p.from - 1) - d.delay(20, 40);
    } else {
        p.work = arm == 2 ? whole : whole + d.delay(60, 300);
    }
    return p;
}

} // namespace exercise
