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
/// At one instant a sleep is always older than a beat: it is drawn so that the two share one in
/// most sets, and always behind a blocker with a short job, for an answer that lets them speak in
/// the order in which they were created. There are never three beats, and the block is no multiple
/// of the beat, for beats that keep to a grid. A job that ends in the block ends after a date that
/// the block made late, for an answer that sorts late lines by date; one that is longer ends after
/// the first beat, for an answer in which everybody waits for it, and mostly at the instant of a
/// timer, for the tie.
Params draw(std::uint64_t seed);

} // namespace exercise
