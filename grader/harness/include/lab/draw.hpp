// draw.hpp: the parameters of a case, drawn from its seed, the same on every machine.
//
// Driver and checker draw from one seed and must get one set, whatever compiler or library each was
// built with. The distributions of <random> and std::shuffle differ between libraries, so the
// generator (splitmix64) and the way from its bits to a number are written out here.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lab {

/// Draws one case's parameters. Equal seeds and equal calls give equal values.
///
/// Seed 0 means the published set: `draw(seed)` of an exercise returns that set without asking
/// here.
class Draw {
public:
    explicit Draw(std::uint64_t seed);

    /// Returns: the next 64 bits.
    /// See: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (splitmix64).
    std::uint64_t next();

    /// Requires: lo <= hi.
    /// Returns: an int from lo to hi, both included. The remainder prefers small values by less
    /// than one in 2^32, which no exercise can see.
    int between(int lo, int hi);

    /// Returns: true in `percent` of a hundred draws.
    bool chance(int percent) { return between(1, 100) <= percent; }

    /// Requires: a multiple of 10 lies between lo and hi.
    /// Returns: a delay from lo to hi milliseconds, a multiple of 10 ms.
    std::chrono::milliseconds delay(int lo, int hi);
    std::chrono::milliseconds delay(std::chrono::milliseconds lo, std::chrono::milliseconds hi);

    /// Requires: at least `count` multiples of 10 lie between lo and hi.
    /// Returns: `count` delays, no two of them equal, in no particular order.
    std::vector<std::chrono::milliseconds> distinct_delays(int count, int lo, int hi);
    std::vector<std::chrono::milliseconds> distinct_delays(int count, std::chrono::milliseconds lo,
                                                           std::chrono::milliseconds hi);

    /// Returns: a short word; within one Draw never the same twice.
    std::string name();

    /// Returns: `count` different words.
    std::vector<std::string> names(int count);

    /// Effects: puts the items into an order drawn from the seed (Fisher and Yates).
    template <class T> void shuffle(std::vector<T>& items) {
        for (std::size_t left = items.size(); left > 1; --left) {
            using std::swap;
            swap(items[left - 1], items[static_cast<std::size_t>(next() % left)]);
        }
    }

    /// Requires: `items` is not empty.
    /// Returns: one of the items.
    template <class T> T pick(const std::vector<T>& items) {
        return items[static_cast<std::size_t>(next() % items.size())];
    }

private:
    std::uint64_t state_;
    std::array<std::size_t, 60> order_{}; ///< of the words not drawn yet
    std::size_t names_drawn_ = 0;
};

} // namespace lab
