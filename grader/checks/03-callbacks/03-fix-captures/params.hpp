// params.hpp: what one case of 03-callbacks/03 calls, logs and greets, for driver and checker.
#pragma once
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
milliseconds announcing_time(const Params& p);

/// Returns: whether two actors of different casts are due at one instant, one date more than they
/// need included. (Which of the two is first would depend on how announce_all is written; and a
/// name of the other cast at one's date must mean something.)
bool casts_meet(const Params& p);

/// Seed 0 is the set of the task text. Every string is longer than what a std::string keeps inside
/// itself (15 characters), so that one that died has given its memory back. Everything is called
/// twice, in overlapping times, so that one variable for all calls (static) shows; no two names
/// and no two entries are equal, so that a name that is said twice shows as well.
Params draw(std::uint64_t seed);

} // namespace exercise
