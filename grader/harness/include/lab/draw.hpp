// draw.hpp: the parameters of a case, drawn from its seed, the same on every machine.
//
// Driver and checker draw from one seed and must get one set, whatever compiler or library each was
// built with. The distributions of <random> and std::shuffle differ between libraries, so the
// generator (splitmix64) and the way from its bits to a number are written out here.
#pragma once

#include <algorithm>
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
    explicit Draw(std::uint64_t seed) : state_(seed) {
        for (std::size_t i = 0; i < order_.size(); ++i) {
            order_[i] = i;
        }
    }

    /// Returns: the next 64 bits.
    /// See: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (splitmix64).
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }

    /// Requires: lo <= hi.
    /// Returns: an int from lo to hi, both included. The remainder prefers small values by less
    /// than one in 2^32, which no exercise can see.
    int between(int lo, int hi) {
        const auto span = static_cast<std::uint64_t>(static_cast<std::int64_t>(hi) - lo) + 1;
        return static_cast<int>(lo + static_cast<std::int64_t>(next() % span));
    }

    /// Returns: true in `percent` of a hundred draws.
    bool chance(int percent) { return between(1, 100) <= percent; }

    /// Requires: a multiple of 10 lies between lo and hi.
    /// Returns: a delay from lo to hi milliseconds, a multiple of 10 ms.
    std::chrono::milliseconds delay(int lo, int hi) {
        return std::chrono::milliseconds(10 * between((lo + 9) / 10, hi / 10));
    }
    std::chrono::milliseconds delay(std::chrono::milliseconds lo, std::chrono::milliseconds hi) {
        return delay(static_cast<int>(lo.count()), static_cast<int>(hi.count()));
    }

    /// Requires: at least `count` multiples of 10 lie between lo and hi.
    /// Returns: `count` delays, no two of them equal, in no particular order.
    std::vector<std::chrono::milliseconds> distinct_delays(int count, int lo, int hi) {
        std::vector<std::chrono::milliseconds> delays;
        while (delays.size() < static_cast<std::size_t>(count)) {
            const auto fresh = delay(lo, hi);
            if (std::find(delays.begin(), delays.end(), fresh) == delays.end()) {
                delays.push_back(fresh);
            }
        }
        return delays;
    }
    std::vector<std::chrono::milliseconds> distinct_delays(int count, std::chrono::milliseconds lo,
                                                           std::chrono::milliseconds hi) {
        return distinct_delays(count, static_cast<int>(lo.count()), static_cast<int>(hi.count()));
    }

    /// Returns: a short word; within one Draw never the same twice.
    std::string name() {
        const std::size_t round = names_drawn_ / words.size();
        const std::size_t place = names_drawn_ % words.size();
        ++names_drawn_;
        const auto rest = static_cast<int>(words.size() - 1 - place);
        std::swap(order_[place], order_[place + static_cast<std::size_t>(between(0, rest))]);
        const std::string word(words[order_[place]]);
        return round == 0 ? word : word + std::to_string(round + 1);
    }

    /// Returns: `count` different words.
    std::vector<std::string> names(int count) {
        std::vector<std::string> drawn;
        for (int i = 0; i < count; ++i) {
            drawn.push_back(name());
        }
        return drawn;
    }

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
    static constexpr std::array<const char*, 60> words = {
        "amber", "basil", "birch",  "brook",  "cedar",  "chalk", "cliff", "clove",   "coral",
        "crane", "delta", "dune",   "ember",  "fern",   "finch", "flint", "frost",   "ginger",
        "grove", "hazel", "heron",  "holly",  "iris",   "ivory", "jade",  "juniper", "kelp",
        "lake",  "larch", "laurel", "lemon",  "lilac",  "linen", "lotus", "maple",   "marsh",
        "mint",  "moss",  "north",  "ocean",  "olive",  "onyx",  "opal",  "otter",   "pearl",
        "plum",  "poppy", "quartz", "raven",  "reed",   "river", "robin", "sage",    "slate",
        "stone", "thyme", "tulip",  "violet", "willow", "wren"};

    std::uint64_t state_;
    std::array<std::size_t, words.size()> order_{};
    std::size_t names_drawn_ = 0;
};

} // namespace lab
