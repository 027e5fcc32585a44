// driver.hpp: asks predict for the transcript of the case and hands it on.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

extern "C" void lab_entry(std::uint64_t seed) {
    const exercise::Params p = exercise::draw(seed);
    lab::emit(
        predict(P{p.name, p.start, p.period, p.until_cancel, p.cleanup, p.twin_cancelled_at_once}));
}
