// params.hpp: the delays of one case of 02-scheduling/02, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::chrono::milliseconds start; ///< when three_timers is called
    std::vector<std::chrono::milliseconds> delays;
};

/// Seed 0 is the set of the task text. Fresh sets begin later than at 0, so that a delay is not a
/// date (M15). Their longest delay is beyond 500 ms, the published wait, and by more than 200 ms
/// beyond the others (M09); it does not stand last, so that they are not sorted either, or the
/// order of the calls would look like the order of the dates (M14). One delay comes twice, for
/// lists that keep one of each (equal-delays); a set of one or two has no room for that.
inline Params draw(std::uint64_t seed) {
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

/// Returns: "0.1s" for 100 ms.
inline std::string text_of(std::chrono::milliseconds delay) {
    char text[32];
    std::snprintf(text, sizeof text, "%gs", static_cast<double>(delay.count()) / 1000);
    return text;
}

/// Returns: "[a, b]", how driver and checker write a list.
inline std::string list_text(const std::vector<std::string>& items) {
    std::string text;
    for (const auto& item : items) {
        text += (text.empty() ? "" : ", ") + item;
    }
    return "[" + text + "]";
}

} // namespace exercise
