// params.hpp: the script of one case of 02-scheduling/06, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using Time = std::chrono::milliseconds;

/// In its first run at `from` or later, a job cancels another job, or itself.
struct Cancelling {
    Time from;
    std::size_t job; ///< index of the job that is cancelled
};

struct Job {
    std::string name;
    bool periodic;
    Time time; ///< the period, or the date
    Time work = 0ms;
    std::vector<Cancelling> cancels = {};
};

enum class Do { make, add, cancel, look };

/// What the script does from outside, at a moment in which no job runs.
struct Step {
    Time at;
    Do what;
    std::size_t job = 0;
};

struct Params {
    std::vector<Job> jobs; ///< in the order of their registration
    std::vector<Step> steps;
};

/// The pieces that a script is made of. Times count from the creation of the Cron. Two jobs, the
/// twins, have one grid; a third one, the odd one, has a grid between theirs, for its times are odd
/// multiples of 10 ms, and all others are even.
struct Script {
    Time begin;    ///< creation of the Cron
    Time period;   ///< of the twins
    Time odd_from; ///< registration of the odd job
    Time block, block_end;
    int first_free; ///< the first tick of the twins for which nothing is late any more
    Time work;      ///< of the second twin
    int kind;       ///< who is cancelled in an instant: 0 a job of at(), 1 and 2 a twin

    Time tick(int k) const { return begin + k * period; }
    /// A date between two ticks at which no twin works any more.
    Time after_tick(int k, lab::Draw& d) const {
        return tick(k) + 2 * d.delay(20ms, period / 2 - 10ms);
    }
};

/// The block begins on the twins' first tick or after it, makes one of their dates late, and ends
/// on their grid: "after this moment" and "not before it" are then different dates. For the odd
/// job, whose first date it hits, it ends beside the grid, where a grid that moves shows. What the
/// second twin works never reaches the next tick: whether the next date is worked out before or
/// after a job's own work then makes no difference, and the task does not say.
Script draw_script(lab::Draw& d);

/// Seed 0 is the set of the task text.
Params draw(std::uint64_t seed);

} // namespace exercise
