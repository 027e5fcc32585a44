// driver.hpp: calls serve with the dish of the case and says what it returned.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

namespace exercise {

aio::Coro<> order(Params p) {
    const int letters = co_await serve(p.name, p.delay);
    aio::say("returned {}", letters);
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) { aio::run(exercise::order(exercise::draw(seed))); }
