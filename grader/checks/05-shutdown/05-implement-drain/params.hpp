// params.hpp: the rounds of one case of 05-shutdown/05, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using Time = std::chrono::milliseconds;

enum class Habit {
    returns,      ///< ends in time
    fails,        ///< ends in time, with an error
    is_cancelled, ///< in time, by somebody else
    leaves,       ///< when asked, cleans up and passes the request on
    breaks,       ///< when asked, fails in its clean-up
    hurries,      ///< when asked, comes to its end and returns
    goes_on,      ///< when asked, works on: stuck
    dawdles       ///< when asked, cleans up for longer than the grace: stuck
};

struct Job {
    std::string name;
    Habit habit;
    Time work;           ///< from when it is made; of is_cancelled: until somebody else asks it
    Time clean_up = 0ms; ///< from when it is asked
};

/// One call of drain.
struct Round {
    Time made; ///< its tasks begin
    Time called;
    Time grace;
    std::vector<Job> jobs; ///< in the order of the arguments

    Time limit() const { return called + grace; }
    Time last() const { return called + 2 * grace; }
};

/// Returns: whether the job is still at work at the limit, and asked then.
bool is_asked(const Job& job);
bool is_stuck(const Job& job);

struct Params {
    std::vector<Round> rounds;
};

/// Seed 0 is the set of the task text.
Params draw(std::uint64_t seed);

} // namespace exercise
