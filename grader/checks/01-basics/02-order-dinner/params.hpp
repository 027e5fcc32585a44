// params.hpp: how long soup and bread take in one case of 01-basics/02, for driver and checker.
#pragma once
#include <chrono>
#include <cstdint>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::chrono::milliseconds soup, bread;
};

/// Seed 0 is the set of the task text. Either dish may take longer, never both the same.
Params draw(std::uint64_t seed);

} // namespace exercise
