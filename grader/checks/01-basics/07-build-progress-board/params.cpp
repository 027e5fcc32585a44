// params.cpp: how the cases of 01-basics/07 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

#include <algorithm>

namespace exercise {

bool sorted_by_delay(const Params& p) {
    return std::is_sorted(p.jobs.begin(), p.jobs.end(),
                          [](const DrawnJob& a, const DrawnJob& b) { return a.delay < b.delay; });
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{"photos", 300ms, 7}, {"news", 200ms, 5}, {"mail", 100ms, 3}, {"maps", 200ms, 9}}};
    }
    lab::Draw d(seed);
    Params p;
    const int count = d.between(1, 8);
    int value = 0;
    for (const auto delay : d.distinct_delays(count, 100, 900)) {
        value += d.between(1, 9);
        p.jobs.push_back({d.name(), delay, value});
    }
    if (count > 2 && d.chance(60)) {
        p.jobs.back().delay = p.jobs.front().delay;
    }
    d.shuffle(p.jobs);
    while (count > 1 && sorted_by_delay(p)) {
        d.shuffle(p.jobs);
    }
    return p;
}

std::string list_text(const std::vector<int>& items) {
    std::string text;
    for (const int item : items) {
        text += (text.empty() ? "" : ", ") + std::to_string(item);
    }
    return "[" + text + "]";
}

} // namespace exercise
