// params.hpp: the work and the countdown of one case of 04-executors/02, for the driver and for the
// checker.
#pragma once
#include <lab/draw.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::chrono::milliseconds work;
    int from;
    std::chrono::milliseconds step;
    std::string result; ///< what blocking_work returns
};

/// Seed 0 is the set of the task text, in which the work ends together with the countdown. The
/// seeds of one check follow one another, so of its four fresh sets two have work that is over
/// before the last wait, for an answer that does not wait for the countdown or leaves out that
/// wait; one has work that is longer than the countdown, and one work that is as long. The text is
/// another one each time, for an answer that says it by heart, and the countdown never begins at
/// 5. All sets but the first are over soon, since they are also checked in real time.
inline Params draw(std::uint64_t seed) {
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
