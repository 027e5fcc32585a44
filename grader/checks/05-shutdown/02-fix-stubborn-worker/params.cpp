// params.cpp: how the cases of 05-shutdown/02 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

namespace {

Shift draw_shift(lab::Draw& d, Cancel cancel, milliseconds rest) {
    Shift shift{{}, cancel};
    const int count = d.between(4, 5);
    const int last = d.between(1, 2); // the step in which, or behind which, the cancel comes
    const int bad = d.between(0, cancel == Cancel::in_a_rest ? last : last - 1);
    milliseconds start = 0ms;
    for (int k = 0; k < count; ++k) {
        const Step step{d.delay(50, 200), k == bad, d.chance(50)};
        shift.steps.push_back(step);
        if (k == last && cancel == Cancel::in_a_step) {
            shift.cancel_after = start + d.delay(10, static_cast<int>(step.length.count()) - 10);
        } else if (k == last && cancel == Cancel::in_a_rest) {
            shift.cancel_after = start + step.length + d.delay(10, int(rest.count()) - 10);
        }
        start += step.length + rest;
    }
    if (cancel == Cancel::never) {
        shift.steps.resize(static_cast<std::size_t>(last) + 1); // it ends by itself
    }
    return shift;
}

} // namespace

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        const Step good{100ms, false};
        const Step bad{100ms, true};
        return {{{{good, bad, good, good, good}, Cancel::in_a_step, 300ms},
                 {{bad, good, good}, Cancel::in_a_rest, 110ms},
                 {{good, good}, Cancel::before_the_first},
                 {{good, bad}, Cancel::never}},
                20ms,
                60ms};
    }
    lab::Draw d(seed);
    Params p;
    p.rest = d.delay(20, 60);
    p.cleanup = d.delay(30, 90);
    std::vector<Cancel> kinds = {Cancel::in_a_step, Cancel::in_a_rest, Cancel::before_the_first,
                                 Cancel::never};
    d.shuffle(kinds);
    for (const Cancel kind : kinds) {
        p.shifts.push_back(draw_shift(d, kind, p.rest));
    }
    return p;
}

} // namespace exercise
