// params.hpp: the ticker of one case of 02-scheduling/04, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::chrono::milliseconds start; ///< when the ticker is started: a multiple of the period
    std::chrono::milliseconds period;
    std::vector<std::chrono::milliseconds> works; ///< of each tick
};

/// Seed 0 is the set of the task text. No work is a multiple of the period: whether a date is
/// missed that is due in the very moment in which the work ends is left open. In fresh sets the
/// works differ, so that no constant can stand for them. One of them runs over two or three dates,
/// and two ticks follow it, which show whether the dates are made up for (catch-up-burst) or moved
/// (M17-new-grid); there may be another that runs over one. The start is later than 0, where a date
/// is not a delay (M15), and the first work is short, or dates that are counted from 0 would look
/// like missed ones (M15-clock).
Params draw(std::uint64_t seed);

} // namespace exercise
