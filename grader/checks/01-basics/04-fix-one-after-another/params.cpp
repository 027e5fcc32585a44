// params.cpp: how the cases of 01-basics/04 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

bool sorted_by_delay(const Params& p) {
    for (std::size_t i = 1; i < p.panels.size(); ++i) {
        if (p.panels[i - 1].second > p.panels[i].second) {
            return false;
        }
    }
    return true;
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{"news", 300ms}, {"mail", 100ms}, {"weather", 200ms}}};
    }
    lab::Draw d(seed);
    Params p;
    if (d.chance(10)) {
        return p; // a dashboard without panels
    }
    const int count = d.between(3, 7);
    for (const auto delay : d.distinct_delays(count, 100, 900)) {
        p.panels.emplace_back(d.name(), delay);
    }
    while (sorted_by_delay(p)) {
        d.shuffle(p.panels);
    }
    return p;
}

std::string list_text(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) {
        text += (text.empty() ? "" : ", ") + item;
    }
    return "[" + text + "]";
}

} // namespace exercise
