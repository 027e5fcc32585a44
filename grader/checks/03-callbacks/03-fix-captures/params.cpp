// params.cpp: how the cases of 03-callbacks/03 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

#include <algorithm>

namespace exercise {

milliseconds announcing_time(const Params& p) {
    milliseconds longest = 0ms;
    for (const Cast& cast : p.casts) {
        longest = std::max(longest, cast.step * static_cast<int>(cast.names.size()));
    }
    return longest + 100ms;
}

bool casts_meet(const Params& p) {
    for (std::size_t i = 1; i <= p.casts[0].names.size() + 1; ++i) {
        for (std::size_t j = 1; j <= p.casts[1].names.size() + 1; ++j) {
            if (p.casts[0].step * static_cast<int>(i) == p.casts[1].step * static_cast<int>(j)) {
                return true;
            }
        }
    }
    return false;
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {
            {{{"Amalia Greenwood", "Bruno Featherstone", "Cleo Hollingworth"}, 100ms},
             {{"Dorian Fitzgerald", "Edith Saint-Clair"}, 130ms}},
            {{"front office log", {"open", "busy", "shut"}}, {"night porter log", {"in", "out"}}},
            100ms,
            {{"Felix Summerfield", 300ms}, {"Greta Blackwater", 150ms}}};
    }
    lab::Draw d(seed);
    Params p;
    const auto person = [&d] {
        const auto parts = d.names(2);
        return parts[0] + " of the " + parts[1];
    };
    for (int i = 0; i < 2; ++i) {
        Cast cast;
        const int count = d.between(2, 4);
        for (int k = 0; k < count; ++k) {
            cast.names.push_back(person());
        }
        p.casts.push_back(cast);
    }
    do {
        p.casts[0].step = d.delay(100, 300);
        p.casts[1].step = d.delay(100, 300);
    } while (casts_meet(p));
    for (int i = 0; i < 2; ++i) {
        const std::string prefix = "log book of " + d.name();
        p.logs.push_back({prefix, d.names(d.between(2, 4))});
    }
    p.pause = d.delay(50, 200);
    const auto delays = d.distinct_delays(2, 100, 500);
    for (const auto after : delays) {
        p.visitors.push_back({person(), after});
    }
    return p;
}

} // namespace exercise
