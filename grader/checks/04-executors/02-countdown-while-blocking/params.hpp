// params.hpp: the work and the countdown of one case of 04-executors/02, for the driver and for the
// checker.
#pragma once
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
Params draw(std::uint64_t seed);

} // namespace exercise
