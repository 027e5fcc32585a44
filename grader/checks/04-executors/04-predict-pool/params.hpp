// params.hpp: the jobs of one case of 04-executors/04, and their dates under several plans, for the
// driver and for the checker.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using Times = std::vector<std::chrono::milliseconds>;

struct Params {
    int workers;
    Times submit_at, duration;
};

/// Returns: when each job ends if `lane_of` chooses its worker, given when each worker is free.
template <class F> Times ends_with(const Params& p, int workers, F lane_of) {
    Times free_at(static_cast<std::size_t>(workers), 0ms), ends;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        auto& lane = free_at[lane_of(free_at, k)];
        lane = std::max(lane, p.submit_at[k]) + p.duration[k];
        ends.push_back(lane);
    }
    return ends;
}

/// First come, first served. With p.workers it is the right plan.
Times ends_in_pool(const Params& p, int workers);

/// Each job has its worker from the start: the jobs are dealt out like cards.
Times ends_in_fixed_lanes(const Params& p);

/// As many jobs as there are workers begin together, and the next ones when all of these have
/// ended.
Times ends_in_waves(const Params& p);

/// No job ends before those in front of it: the ends in the order of the awaits.
Times held_back(Times ends);

/// Whether two jobs wait at once, the second one being the shorter.
bool queue_matters(const Params& p, const Times& ends);

bool has_tie(Times ends);

/// Whether each wrong plan gives other dates than the right one. With one worker most give the same
/// dates, and then it matters that there is one.
bool teaches(const Params& p);

/// Seed 0 is the set of the task text. Of the fresh sets few have two workers, for an answer that
/// counts two lanes; many have two jobs that end together, for the tie. All dates are multiples of
/// 50 ms for that.
Params draw(std::uint64_t seed);

} // namespace exercise
