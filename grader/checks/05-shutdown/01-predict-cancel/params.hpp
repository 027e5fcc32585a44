// params.hpp: the times of one case of 05-shutdown/01, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::string name;
    std::chrono::milliseconds start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

/// Seed 0 is the set of the task text: the cancel comes at the instant of a tick, and the twin
/// never begins. Of the five sets of a check nearly half have the tie, for "the worker was first";
/// the others are for the note that is read at the end of the sleep, which a tie would hide. In
/// most fresh sets the twin works too: there it matters that two clean-ups overlap. Nothing begins
/// at 0, for a date that is counted from there, and every clean-up takes time.
Params draw(std::uint64_t seed);

} // namespace exercise
