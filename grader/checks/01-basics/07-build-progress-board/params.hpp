// params.hpp: the jobs of one case of 01-basics/07, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct DrawnJob {
    std::string name;
    std::chrono::milliseconds delay;
    int value;
};

struct Params {
    std::vector<DrawnJob> jobs;
};

/// Returns: true when the jobs stand in the order in which they will finish.
bool sorted_by_delay(const Params& p);

/// Seed 0 is the set of the task text. Values are all different, so that a result list tells its
/// order; with two jobs or more, the arguments are not sorted by delay.
Params draw(std::uint64_t seed);

/// Returns: "[7, 5]", how driver and checker write a result list.
std::string list_text(const std::vector<int>& items);

} // namespace exercise
