// params.cpp: how the cases of 02-scheduling/05 are drawn.
#include "params.hpp"

#include <algorithm>

namespace exercise {

std::string function_name(std::size_t function) { return function == 0 ? "f" : "g"; }

std::chrono::milliseconds end_of(const Params& p) {
    return p.calls.back().at + 2 * *std::max_element(p.delays.begin(), p.delays.end());
}

std::vector<std::chrono::milliseconds> draw_pauses(lab::Draw& draw, std::chrono::milliseconds d) {
    std::vector<std::chrono::milliseconds> pauses = {2 * draw.delay(10ms, d / 2 - 10ms), d};
    for (int more = draw.between(0, 5); more > 0; --more) {
        const int kind = draw.between(1, 10);
        pauses.push_back(kind <= 4   ? 2 * draw.delay(10ms, d / 2 - 10ms)
                         : kind <= 6 ? d
                         : kind <= 7 ? 0ms
                                     : d + 2 * draw.delay(10, 100));
    }
    draw.shuffle(pauses);
    return pauses;
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{100ms}, {{0ms, 0, "a"}, {40ms, 0, "b"}, {80ms, 0, "c"}, {300ms, 0, "d"}}};
    }
    lab::Draw d(seed);
    Params p;
    p.delays = {2 * d.delay(20, 100), 2 * d.delay(20, 100)};

    std::chrono::milliseconds at = d.chance(50) ? 0ms : 2 * d.delay(10, 100);
    p.calls.push_back({at, 0, d.name(), d.chance(50)});
    bool copy_follows = false;
    for (const auto pause : draw_pauses(d, p.delays[0])) {
        at += pause;
        Call call{at, 0, d.name(), d.chance(50)};
        if (pause > 0ms && pause < p.delays[0] && !copy_follows) {
            call.by_copy = !p.calls.back().by_copy;
            copy_follows = true;
        }
        p.calls.push_back(call);
    }

    at = d.pick(p.calls).at + 2 * d.delay(10ms, p.delays[0] / 2) - 10ms;
    for (int calls = d.between(1, 3); calls > 0; --calls) {
        p.calls.push_back({at, 1, d.name(), d.chance(50)});
        at += d.chance(30) ? p.delays[1] : 2 * d.delay(10, 150);
    }
    // Inserted one by one, as by_time does it; calls of one instant stay in their order.
    std::vector<Call> sorted;
    for (const auto& call : p.calls) {
        const auto place =
            std::upper_bound(sorted.begin(), sorted.end(), call,
                             [](const Call& a, const Call& b) { return a.at < b.at; });
        sorted.insert(place, call);
    }
    p.calls = sorted;
    return p;
}

} // namespace exercise
