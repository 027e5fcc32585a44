// params.hpp: the panels that one case of 01-basics/04 loads, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::vector<std::pair<std::string, std::chrono::milliseconds>> panels;
};

/// Returns: true when the panels already stand in the order in which they will be loaded.
bool sorted_by_delay(const Params& p);

/// Seed 0 is the set of the task text. The delays of a set are all different, and never sorted:
/// otherwise a result list in completion order would look like one in argument order.
Params draw(std::uint64_t seed);

/// Returns: "[a, b]", how driver and checker write a result list.
std::string list_text(const std::vector<std::string>& items);

} // namespace exercise
