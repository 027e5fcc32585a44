// driver.hpp: starts the ticker at the time of the case.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

namespace exercise {

aio::Coro<> watch_ticker(Params p) {
    if (p.start > 0ms) {
        co_await aio::sleep(p.start);
    }
    const std::function<aio::ms(int)> work = [works = p.works](int i) {
        const auto tick = static_cast<std::size_t>(i);
        return i >= 0 && tick < works.size() ? works[tick] : 0ms;
    };
    co_await ticker(p.period, static_cast<int>(p.works.size()), work);
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    aio::run(exercise::watch_ticker(exercise::draw(seed)));
}
