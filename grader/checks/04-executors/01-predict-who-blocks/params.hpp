// params.hpp: the delays of one case of 04-executors/01, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct Params {
    std::chrono::milliseconds beat;
    int beats;
    std::chrono::milliseconds d_sleep, d_block, d_pool;
    bool block_first;
};

/// Seed 0 is the set of the task text. The seeds of one check follow one another, so among its four
/// fresh sets are two in which the blocker comes first, for an answer that does not look at
/// block_first, and of both kinds one in which the job ends in the block and one in which it ends
/// later.
///
/// Behind a blocker the sleep shares its instant with a beat, which is always younger, for an
/// answer that lets the beat speak first. Before a blocker with a short job the sleep and the first
/// beat are late, the sleep with the earlier date, for an answer that serves late lines as their
/// tasks were created; before one with a long job neither is so: an answer that is wrong about the
/// order of the tasks alone is right there, so that it is no photograph. There are never three
/// beats, and the block is no multiple of the beat, for beats that keep to a grid. A job that ends
/// in the block ends after a date that the block made late, for an answer that sorts late lines by
/// date; one that is longer ends after the first beat, for an answer in which everybody waits for
/// it, and mostly at the instant of a timer, for the tie.
Params draw(std::uint64_t seed);

} // namespace exercise
