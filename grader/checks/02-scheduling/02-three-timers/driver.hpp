// driver.hpp: calls three_timers at the time of the case and says what it returned.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

std::string seconds_text(aio::ms d) { return exercise::text_of(d); }

namespace exercise {

aio::Coro<> show_order(Params p) {
    if (p.start > 0ms) {
        co_await aio::sleep(p.start);
    }
    const std::vector<std::string> list = co_await three_timers(p.delays);
    aio::say("Callback order: {}", list_text(list));
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    aio::run(exercise::show_order(exercise::draw(seed)));
}
