// params.cpp: how the cases of 04-executors/04 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

#include <algorithm>

namespace exercise {

Times ends_in_pool(const Params& p, int workers) {
    return ends_with(p, workers, [](const Times& free_at, std::size_t) {
        return static_cast<std::size_t>(std::min_element(free_at.begin(), free_at.end()) -
                                        free_at.begin());
    });
}

Times ends_in_fixed_lanes(const Params& p) {
    return ends_with(p, p.workers,
                     [](const Times& free_at, std::size_t k) { return k % free_at.size(); });
}

Times ends_in_waves(const Params& p) {
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

Times held_back(Times ends) {
    for (std::size_t k = 1; k < ends.size(); ++k) {
        ends[k] = std::max(ends[k], ends[k - 1]);
    }
    return ends;
}

bool queue_matters(const Params& p, const Times& ends) {
    for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
        const auto begin = ends[k] - p.duration[k];
        if (p.submit_at[k] < begin && p.submit_at[k + 1] < begin &&
            p.duration[k + 1] < p.duration[k]) {
            return true;
        }
    }
    return false;
}

bool has_tie(Times ends) {
    std::sort(ends.begin(), ends.end());
    return std::adjacent_find(ends.begin(), ends.end()) != ends.end();
}

bool teaches(const Params& p) {
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

Params draw(std::uint64_t seed) {
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
