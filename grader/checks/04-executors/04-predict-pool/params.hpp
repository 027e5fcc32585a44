// params.hpp: the jobs of one case of 04-executors/04, and their dates under several plans, for the
// driver and for the checker.
#pragma once
#include <lab/draw.hpp>

#include <algorithm>
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
inline Times ends_in_pool(const Params& p, int workers) {
    return ends_with(p, workers, [](const Times& free_at, std::size_t) {
        return static_cast<std::size_t>(std::min_element(free_at.begin(), free_at.end()) -
                                        free_at.begin());
    });
}

/// Each job has its worker from the start: the jobs are dealt out like cards.
inline Times ends_in_fixed_lanes(const Params& p) {
    return ends_with(p, p.workers,
                     [](const Times& free_at, std::size_t k) { return k % free_at.size(); });
}

/// As many jobs as there are workers begin together, and the next ones when all of these have
/// ended.
inline Times ends_in_waves(const Params& p) {
    Times ends;
    auto wave = 0ms;
    for (std::size_t k = 0; k < p.duration.size(); ++k) {
        if (k > 0 && k % static_cast<std::size_t>(p.workers) == 0) {
            wave = *std::max_element(ends.begin(), ends.end());
        }
        ends.push_back(std::max(wave, p.submit_at[k]) + p.duration[k]);
    }
    return ends;
}

/// No job ends before those in front of it: the ends in the order of the awaits.
inline Times held_back(Times ends) {
    for (std::size_t k = 1; k < ends.size(); ++k) {
        ends[k] = std::max(ends[k], ends[k - 1]);
    }
    return ends;
}

/// Whether two jobs wait at once, the second one being the shorter.
inline bool queue_matters(const Params& p, const Times& ends) {
    for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
        const auto begin = ends[k] - p.duration[k];
        if (p.submit_at[k] < begin && p.submit_at[k + 1] < begin &&
            p.duration[k + 1] < p.duration[k]) {
            return true;
        }
    }
    return false;
}

inline bool has_tie(Times ends) {
    std::sort(ends.begin(), ends.end());
    return std::adjacent_find(ends.begin(), ends.end()) != ends.end();
}

/// Whether each wrong plan gives other dates than the right one. With one worker most give the same
/// dates, and then it matters that there is one.
inline bool teaches(const Params& p) {
    const Times ends = ends_in_pool(p, p.workers);
    Params all_at_0 = p;
    std::fill(all_at_0.submit_at.begin(), all_at_0.submit_at.end(), 0ms);
    if (!queue_matters(p, ends) || ends_in_pool(p, 9) == ends ||
        ends_in_pool(all_at_0, p.workers) == ends) {
        return false;
    }
    return p.workers == 1 ||
           (ends_in_waves(p) != ends && ends_in_fixed_lanes(p) != ends && held_back(ends) != ends &&
            ends.back() < *std::max_element(ends.begin(), ends.end()));
}

/// Seed 0 is the set of the task text. Of the fresh sets few have two workers, for an answer that
/// counts two lanes; many have two jobs that end together, for the tie. All dates are multiples of
/// 50 ms for that.
inline Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {2, {0ms, 0ms, 0ms, 100ms, 350ms}, {300ms, 100ms, 200ms, 400ms, 100ms}};
    }
    lab::Draw d(seed);
    const int workers = d.pick(std::vector<int>{1, 2, 3, 3, 3, 4, 4, 4});
    const bool tie = workers > 1 && d.chance(70);
    Params p{};
    do {
        p = {workers, {}, {}};
        const int jobs = d.between(workers + 2, 9);
        const int at_0 = d.between(1, jobs - 1);
        for (int k = 0; k < jobs; ++k) {
            p.submit_at.push_back(k < at_0 ? 0ms : 50ms * d.between(1, 16));
            p.duration.push_back(50ms * d.between(1, 10));
        }
        std::sort(p.submit_at.begin(), p.submit_at.end());
    } while (!teaches(p) || has_tie(ends_in_pool(p, workers)) != tie);
    return p;
}

} // namespace exercise
