// params.hpp: the four shifts of one case of 05-shutdown/02, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using std::chrono::milliseconds;

/// When the worker of a shift is cancelled.
enum class Cancel { in_a_step, in_a_rest, before_the_first, never };

/// One step of a shift.
struct Step {
    milliseconds length;
    bool fails;
    bool times_out = false; ///< the error is a TimeoutError, an Error of another type
};

/// One shift: a worker of its own.
struct Shift {
    std::vector<Step> steps;
    Cancel cancel;
    milliseconds cancel_after{}; ///< after its start
};

struct Params {
    std::vector<Shift> shifts;
    milliseconds rest;    ///< after each step
    milliseconds cleanup; ///< of a step that is cut
};

/// Seed 0 is the set of the task text. Every set has all four kinds of shift, in an order of its
/// own, because a way out of the function that has no shift is not looked at. Of a shift that is
/// cut at least two steps are left, so that going on shows (M32); somewhere an error comes before
/// the end of a shift that goes on (error-ends-the-shift). A cancel never falls on the end of a
/// step or of a rest: whether it would be seen there is another lesson. A clean-up takes time, so
/// that who does not wait for it is seen (M34).
Params draw(std::uint64_t seed);

} // namespace exercise
