// params.hpp: what one case of 03-callbacks/03 calls, logs and greets, for driver and checker.
#pragma once
#include <lab/draw.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using std::chrono::milliseconds;

/// One call of announce_all.
struct Cast {
    std::vector<std::string> names;
    milliseconds step;
};

/// One call of start_logger.
struct Log {
    std::string prefix;
    std::vector<std::string> entries;
};

/// One call of greet.
struct Visitor {
    std::string name;
    milliseconds after;
};

struct Params {
    std::vector<Cast> casts;
    std::vector<Log> logs;
    milliseconds pause; ///< of the logs
    std::vector<Visitor> visitors;
};

/// Returns: how long the casts take, and a little more: nothing is due when the logs begin.
inline milliseconds announcing_time(const Params& p) {
    milliseconds longest = 0ms;
    for (const Cast& cast : p.casts) {
        longest = std::max(longest, cast.step * static_cast<int>(cast.names.size()));
    }
    return longest + 100ms;
}

/// Returns: whether two actors of different casts are due at one instant, one date more than they
/// need included. (Which of the two is first would depend on how announce_all is written; and a
/// name of the other cast at one's date must mean something.)
inline bool casts_meet(const Params& p) {
    for (std::size_t i = 1; i <= p.casts[0].names.size() + 1; ++i) {
        for (std::size_t j = 1; j <= p.casts[1].names.size() + 1; ++j) {
            if (p.casts[0].step * static_cast<int>(i) == p.casts[1].step * static_cast<int>(j)) {
                return true;
            }
        }
    }
    return false;
}

/// Seed 0 is the set of the task text. Every string is longer than what a std::string keeps inside
/// itself (15 characters), so that one that died has given its memory back. Everything is called
/// twice, in overlapping times, so that one variable for all calls (static) shows; no two names
/// and no two entries are equal, so that a name that is said twice shows as well.
inline Params draw(std::uint64_t seed) {
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
