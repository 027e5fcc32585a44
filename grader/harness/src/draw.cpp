// draw.cpp: the numbers, delays and words that are drawn from a seed.
#include "lab/draw.hpp"

#include <algorithm>
#include <tuple>

namespace lab {
namespace {

constexpr std::array<const char*, 60> words = {
    "amber", "basil", "birch", "brook", "cedar", "chalk",   "cliff", "clove",  "coral",  "crane",
    "delta", "dune",  "ember", "fern",  "finch", "flint",   "frost", "ginger", "grove",  "hazel",
    "heron", "holly", "iris",  "ivory", "jade",  "juniper", "kelp",  "lake",   "larch",  "laurel",
    "lemon", "lilac", "linen", "lotus", "maple", "marsh",   "mint",  "moss",   "north",  "ocean",
    "olive", "onyx",  "opal",  "otter", "pearl", "plum",    "poppy", "quartz", "raven",  "reed",
    "river", "robin", "sage",  "slate", "stone", "thyme",   "tulip", "violet", "willow", "wren"};

} // namespace

Draw::Draw(std::uint64_t seed) : state_(seed) {
    static_assert(std::tuple_size_v<decltype(order_)> == words.size());
    for (std::size_t i = 0; i < order_.size(); ++i) {
        order_[i] = i;
    }
}

std::uint64_t Draw::next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

int Draw::between(int lo, int hi) {
    const auto span = static_cast<std::uint64_t>(static_cast<std::int64_t>(hi) - lo) + 1;
    return static_cast<int>(lo + static_cast<std::int64_t>(next() % span));
}

std::chrono::milliseconds Draw::delay(int lo, int hi) {
    return std::chrono::milliseconds(10 * between((lo + 9) / 10, hi / 10));
}

std::chrono::milliseconds Draw::delay(std::chrono::milliseconds lo, std::chrono::milliseconds hi) {
    return delay(static_cast<int>(lo.count()), static_cast<int>(hi.count()));
}

std::vector<std::chrono::milliseconds> Draw::distinct_delays(int count, int lo, int hi) {
    std::vector<std::chrono::milliseconds> delays;
    while (delays.size() < static_cast<std::size_t>(count)) {
        const auto fresh = delay(lo, hi);
        if (std::find(delays.begin(), delays.end(), fresh) == delays.end()) {
            delays.push_back(fresh);
        }
    }
    return delays;
}

std::vector<std::chrono::milliseconds> Draw::distinct_delays(int count,
                                                             std::chrono::milliseconds lo,
                                                             std::chrono::milliseconds hi) {
    return distinct_delays(count, static_cast<int>(lo.count()), static_cast<int>(hi.count()));
}

std::string Draw::name() {
    const std::size_t round = names_drawn_ / words.size();
    const std::size_t place = names_drawn_ % words.size();
    ++names_drawn_;
    const auto rest = static_cast<int>(words.size() - 1 - place);
    std::swap(order_[place], order_[place + static_cast<std::size_t>(between(0, rest))]);
    const std::string word(words[order_[place]]);
    return round == 0 ? word : word + std::to_string(round + 1);
}

std::vector<std::string> Draw::names(int count) {
    std::vector<std::string> drawn;
    for (int i = 0; i < count; ++i) {
        drawn.push_back(name());
    }
    return drawn;
}

} // namespace lab
