// params.hpp: the jobs of one case of 04-executors/07, and when each must run, for the driver and
// for the checker.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using Time = std::chrono::milliseconds;

enum class Room { threads, processes, loop };

struct DrawnJob {
    std::string name;
    Room room;
    Time cost;
    int add;

    Time takes() const;
};

/// Returns: how long the work of a job takes. A process has to know it too, and it knows nothing
/// but what it is given; so a job that adds more than 7, as no job of the task text does, takes
/// longer than its cost.
Time takes(Time cost, int add);

inline Time DrawnJob::takes() const { return exercise::takes(cost, add); }

struct Params {
    Time begin; ///< of the run
    int threads;
    int processes;
    std::vector<DrawnJob> jobs;

    /// Returns: how many jobs can run in this room at once.
    int workers(Room room) const {
        return room == Room::threads ? threads : room == Room::processes ? processes : 1000;
    }
};

int jobs_in(const Params& p, Room room);

/// When a job begins, counted from the begin of the run, and on which of its room's workers, from
/// 0.
struct Start {
    Time at;
    std::size_t worker;
};

/// Returns: for each job, its start: first come, first served, on the worker that is free first (of
/// several, the one with the lowest number).
std::vector<Start> starts(const Params& p);

/// Returns: the jobs' places in the list, from the first that comes home to the last.
std::vector<std::size_t> by_finish(const Params& p);

/// No two jobs take equally long or come home at the same time, so that it is known which job was
/// where, and the order of the reports is fixed; and it is not
/// that of the arguments, which is what a loop of awaits would give.
bool tells_the_order(const Params& p);

/// Seed 0 is the set of the task text. There are more jobs for threads than threads, so that
/// somebody waits (M28, and times taken in the wrong place); two jobs at least for processes, and
/// none adds 0, so that a count which stays next door is missed (M30); two jobs for the loop, which
/// must not wait for each other (M02). In each room of a fresh set one job at least takes longer
/// than its cost, so that a time which was not measured is wrong. All delays are different, and the
/// run does not begin at 0, so that a time is not taken for a distance.
Params draw(std::uint64_t seed);

} // namespace exercise
