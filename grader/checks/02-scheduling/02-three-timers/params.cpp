// params.cpp: how the cases of 02-scheduling/02 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {0ms, {100ms, 200ms, 300ms}};
    }
    lab::Draw d(seed);
    Params p{d.delay(50, 400), {d.delay(600, 900)}};
    const int kind = d.between(1, 20);
    const int others = kind == 1 ? 0 : kind == 2 ? 1 : d.between(1, 4);
    for (const auto delay : d.distinct_delays(others, 100, 390)) {
        p.delays.push_back(delay);
    }
    if (kind > 2) {
        p.delays.push_back(d.pick(p.delays));
    }
    const auto longest = p.delays.front();
    while (p.delays.size() > 1 && p.delays.back() == longest) {
        d.shuffle(p.delays);
    }
    return p;
}

std::string text_of(std::chrono::milliseconds delay) {
    char text[32];
    std::snprintf(text, sizeof text, "%gs", static_cast<double>(delay.count()) / 1000);
    return text;
}

std::string list_text(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) {
        text += (text.empty() ? "" : ", ") + item;
    }
    return "[" + text + "]";
}

} // namespace exercise
