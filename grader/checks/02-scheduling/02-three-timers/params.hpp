// params.hpp: the delays of one case of 02-scheduling/02, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::chrono::milliseconds start; ///< when three_timers is called
    std::vector<std::chrono::milliseconds> delays;
};

/// Seed 0 is the set of the task text. Fresh sets begin later than at 0, so that a delay is not a
/// date (M15). Their longest delay is beyond 500 ms, the published wait, and by more than 200 ms
/// beyond the others (M09); it does not stand last, so that they are not sorted either, or the
/// order of the calls would look like the order of the dates (M14). One delay comes twice, for
/// lists that keep one of each (equal-delays); a set of one or two has no room for that.
Params draw(std::uint64_t seed);

/// Returns: "0.1s" for 100 ms.
std::string text_of(std::chrono::milliseconds delay);

/// Returns: "[a, b]", how driver and checker write a list.
std::string list_text(const std::vector<std::string>& items);

} // namespace exercise
