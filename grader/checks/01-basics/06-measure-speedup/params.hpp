// params.hpp: what compare is asked to measure in one case of 01-basics/06, once or twice.
#pragma once
#include <chrono>
#include <cstdint>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

/// One call of compare.
struct Call {
    int n;
    std::chrono::milliseconds d;
    bool odd_ids_are_slow; ///< io_task takes 2d for odd ids, so that the factor is not n
};

struct Params {
    std::vector<Call> calls;
};

/// Seed 0 is the set of the task text. Every fresh set measures twice: tasks that keep their
/// promise, then tasks of which half are slow. The second call is in every set because seeds are
/// independent: an answer that prints n as the factor must not get through by luck. Its n is even,
/// so that half of the ids are odd whether they are counted from 0 or from 1.
Params draw(std::uint64_t seed);

} // namespace exercise
