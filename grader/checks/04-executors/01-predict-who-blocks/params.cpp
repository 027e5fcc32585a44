// params.cpp: how the cases of 04-executors/01 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

#include <algorithm>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {100ms, 3, 250ms, 300ms, 200ms, false};
    }
    lab::Draw d(seed);
    Params p{};
    p.block_first = seed % 2 == 0;
    const bool long_job = seed / 2 % 2 == 0;
    p.beats = d.between(4, 5);
    p.beat = d.delay(100, 300);
    const auto off_the_grid = [&](std::chrono::milliseconds block) {
        return block % p.beat == 0ms ? block + 10ms : block;
    };
    std::chrono::milliseconds begin = 0ms, first_late = 20ms;
    if (p.block_first) {
        p.d_block = off_the_grid(d.delay(100, 500));
        begin = p.d_block;
        p.d_sleep = p.beat * d.between(2, p.beats - 1);
    } else if (!long_job) { // sleep and beat 1 are late
        p.d_sleep = d.delay(50ms, p.beat - 20ms);
        p.d_block = off_the_grid(d.delay(p.beat, p.beat + 300ms));
        first_late = p.d_sleep;
    } else if (d.chance(80)) { // only beat 1 is
        p.d_block = off_the_grid(d.delay(p.beat, p.beat + 300ms));
        p.d_sleep = p.d_block + p.beat * d.between(1, p.beats - 2) + d.delay(10ms, p.beat - 10ms);
        first_late = p.beat;
    } else { // only the sleep is
        p.d_block = p.beat - 40ms;
        p.d_sleep = p.d_block - 20ms;
        first_late = p.d_sleep;
    }

    // The job ends after the first beat, which is late if it waits for it; or in the block.
    const auto first = std::max(begin + p.beat, p.d_block);
    const auto slept = std::max(begin + p.d_sleep, first);
    if (long_job) {
        const auto ties =
            std::vector<std::chrono::milliseconds>{slept, first + p.beat, first + 2 * p.beat};
        p.d_pool = d.chance(70) ? d.pick(ties) : d.delay(first + 10ms, first + 300ms);
        p.d_pool = std::max(p.d_pool, first + 10ms);
    } else {
        p.d_pool = first_late < p.d_block ? d.delay(first_late + 10ms, p.d_block) : p.d_block;
    }
    return p;
}

} // namespace exercise
