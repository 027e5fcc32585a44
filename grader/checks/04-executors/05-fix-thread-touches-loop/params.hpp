// params.hpp: the two calls of one case of 04-executors/05, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

/// One call of run_with_progress, and the oven beside it.
struct Call {
    std::string name; ///< of what is peeled
    int steps;
    std::chrono::milliseconds step_time;
    std::chrono::milliseconds oven; ///< from the beginning of the call

    std::chrono::milliseconds length() const { return steps * step_time; }
    /// Returns: when nothing of this call is left, if all goes well, and a little later.
    std::chrono::milliseconds over() const { return std::max(length(), oven) + 100ms; }
};

struct Params {
    Call plain; ///< without debug mode, from 0 on
    Call debug; ///< in debug mode, from plain.over() on
};

/// Returns: a call whose oven rings from `from` on, and never together with a step.
Call draw_call(lab::Draw& d, int steps, std::chrono::milliseconds from);

/// Seed 0 is the set of the task text. The oven of the first call rings in the midst of the work,
/// after the first step and before the end of the last one, so that a report that wakes nobody is
/// late in every set: it comes with the oven, or with the end of the job. The oven of the second
/// call may ring at any time. There are at least two steps, so that steps that run together are
/// early.
Params draw(std::uint64_t seed);

} // namespace exercise
