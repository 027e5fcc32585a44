// driver.hpp: calls overlap with the work and the countdown of the case.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

namespace exercise {

inline Params the_case; // for blocking_work, which a worker calls

} // namespace exercise

std::string blocking_work(aio::ms d) {
    aio::block_for(d);
    return exercise::the_case.result;
}

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::the_case = exercise::draw(seed);
    const exercise::Params& p = exercise::the_case;
    aio::run(overlap(p.work, p.from, p.step));
}
