// params.hpp: the panels that one case of 01-basics/04 loads, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

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
inline bool sorted_by_delay(const Params& p) {
    for (std::size_t i = 1; i < p.panels.size(); ++i) {
        if (p.panels[i - 1].second > p.panels[i].second) {
            return false;
        }
    }
    return true;
}

/// Seed 0 is the set of the task text. The delays of a set are all different, and never sorted:
/// otherwise a result list in completion order would look like one in argument order.
inline Params draw(std::uint64_t seed) {
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

/// Returns: "[a, b]", how driver and checker write a result list.
inline std::string list_text(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) {
        text += (text.empty() ? "" : ", ") + item;
    }
    return "[" + text + "]";
}

} // namespace exercise
