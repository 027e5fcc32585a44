// params.hpp: the children of the calls of settle_all in one case of 03-callbacks/06.
#pragma once
#include <lab/draw.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct DrawnChild {
    std::string name;
    std::chrono::milliseconds delay;
    int value = 0;
    std::string error = "";                                               ///< fails with it
    std::optional<std::chrono::milliseconds> cancelled_at = std::nullopt; ///< from outside
    std::chrono::milliseconds clean_up = 0ms; ///< what it needs after a cancel
};

/// Returns: when the child ends if nobody but the case cancels it, counted from its beginning.
inline std::chrono::milliseconds end_of(const DrawnChild& child) {
    return child.cancelled_at.value_or(child.delay);
}

struct Params {
    std::vector<DrawnChild> first;       ///< of a call that ends in peace
    std::chrono::milliseconds second_at; ///< when the second and third call begin
    std::vector<DrawnChild> third;       ///< of a call that is cancelled (the second has none)
    std::chrono::milliseconds cancel;    ///< from the beginning of the third call
};

/// Returns: the order in which the children end, as numbers of arguments.
inline std::vector<std::size_t> by_end(const std::vector<DrawnChild>& children) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < children.size(); ++i) {
        const auto later = [&](std::size_t a, std::size_t b) {
            return end_of(children[a]) < end_of(children[b]);
        };
        order.insert(std::upper_bound(order.begin(), order.end(), i, later), i);
    }
    return order;
}

inline bool sorted_by_end(const std::vector<DrawnChild>& children) {
    const auto order = by_end(children);
    return std::is_sorted(order.begin(), order.end());
}

/// Seed 0 is the set of the task text: the case of lesson 03, with one child more. In every set the
/// first call has an error, a cancel and a value. All ends differ, the last one is that of a value,
/// so that whoever ends at the first error or cancel is early, and the arguments are not sorted by
/// their ends.
///
/// In the third call four or five children are cut short by the cancel. One of them has something
/// to clean up: neither the first nor the second, so that a second cancel would hit it, and not the
/// last; whoever awaits the children one by one waits for one that ends at once when the cancel
/// comes, and can cancel the others in the same instant. The others would need much longer than
/// the clean-up, so that whoever leaves them alone ends late, or before them.
inline Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{"download", 1000ms, 0, "Something went wrong"},
                 {"backup", 2000ms, 7},
                 {"scan", 3000ms, 5, "", 1500ms}},
                3000ms,
                {{"soup", 900ms, 1},
                 {"bread", 800ms, 2},
                 {"salad", 700ms, 3, "", {}, 100ms},
                 {"tea", 950ms, 4}},
                500ms};
    }
    lab::Draw d(seed);
    Params p;
    p.second_at = 1000ms;
    const int values = d.between(1, 3);
    const int errors = d.between(1, 2);
    auto delays = d.distinct_delays(values + errors + 1, 200, 900);
    std::iter_swap(delays.begin(), std::max_element(delays.begin(), delays.end()));
    int value = 0;
    for (const auto delay : delays) {
        value += d.between(1, 9);
        p.first.push_back({d.name(), delay, value});
    }
    for (int i = 0; i < errors; ++i) {
        p.first[static_cast<std::size_t>(values + i)].error = d.name() + " is missing";
    }
    // 5 ms beside the grid: nothing else ends at that time.
    p.first.back().cancelled_at = p.first.back().delay - d.delay(10, 190) + 5ms;
    do {
        d.shuffle(p.first);
    } while (sorted_by_end(p.first));

    p.cancel = d.delay(100, 300);
    const int cut = d.between(4, 5);
    for (const auto delay : d.distinct_delays(cut, 600, 900)) {
        value += d.between(1, 9);
        p.third.push_back({d.name(), delay, value});
    }
    p.third[static_cast<std::size_t>(d.between(2, cut - 2))].clean_up = d.delay(50, 200);
    if (d.chance(50)) { // one more that is done by then
        p.third.insert(p.third.begin() + d.between(0, cut), {d.name(), p.cancel - 50ms, value + 1});
    }
    return p;
}

} // namespace exercise
