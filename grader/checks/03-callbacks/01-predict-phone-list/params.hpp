// params.hpp: the phone list of one case of 03-callbacks/01, for the driver and for the checker.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

struct Params {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
    bool late_after_line; ///< the line "after set" is said first; the right transcript is the same
};

/// Seed 0 is the set of the task text: the list has a callback before the waiters and one behind
/// them, so that two lists, or one that was filled in another order, show. A fresh set may have one
/// early callback only, for an answer that names two; nearly all have an even value, for an answer
/// that keeps the call_soon where the program has it.
Params draw(std::uint64_t seed);

} // namespace exercise
