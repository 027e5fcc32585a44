// params.hpp: the callbacks and sleeps of one case of 02-scheduling/01, for the driver and for the
// checker.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

struct Params {
    std::string one, two, three;
    std::string zero; ///< empty: no timer
    int sleeps;
    bool two_queues_three; ///< else one does; the right transcript is the same
};

/// Seed 0 is the set of the task text: everything that a belief can move stands in it. The fresh
/// sets vary what an answer may have copied from it: they never have two sleeps, half of them have
/// fewer and half more; and most have no timer, for an answer that states its line in any case.
Params draw(std::uint64_t seed);

} // namespace exercise
