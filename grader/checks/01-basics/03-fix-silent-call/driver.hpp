// driver.hpp: the party around greet_all: opens the doors, says how many guests were greeted.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

aio::Coro<std::string> greet(std::string name, aio::ms d) {
    co_await aio::sleep(d);
    aio::say("Hello, {}!", name);
    co_return "Hello, " + name + "!";
}

namespace exercise {

aio::Coro<> party(Params p) {
    aio::say("doors open");
    const int greeted = co_await greet_all(p.names, p.delay);
    aio::say("{} greeted", greeted);
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) { aio::run(exercise::party(exercise::draw(seed))); }
