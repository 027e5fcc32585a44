// params.cpp: how the cases of 03-callbacks/06 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

#include <algorithm>

namespace exercise {

std::chrono::milliseconds end_of(const DrawnChild& child) {
    return child.cancelled_at.value_or(child.delay);
}

std::vector<std::size_t> by_end(const std::vector<DrawnChild>& children) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < children.size(); ++i) {
        const auto later = [&](std::size_t a, std::size_t b) {
            return end_of(children[a]) < end_of(children[b]);
        };
        order.insert(std::upper_bound(order.begin(), order.end(), i, later), i);
    }
    return order;
}

bool sorted_by_end(const std::vector<DrawnChild>& children) {
    const auto order = by_end(children);
    return std::is_sorted(order.begin(), order.end());
}

Params draw(std::uint64_t seed) {
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
