// params.hpp: the timers and the block of one case of 02-scheduling/03, for the driver and for the
// checker.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::vector<std::chrono::milliseconds> timers;
    std::chrono::milliseconds block, main_sleep;
};

/// Seed 0 is the set of the task text. In most fresh sets the block makes some of the timers late,
/// in few all or none.
///
/// The late timers never stand in the order of their deadlines, for an answer that keeps the order
/// in which they were set; so there are two of them or none. The last deadline is mostly also the
/// end of main's sleep, for the tie; the published set has none. No timer is left when main ends.
Params draw(std::uint64_t seed);

} // namespace exercise
