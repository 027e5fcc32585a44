// driver.hpp: calls load_all with the panels of the case and says what it returned.
#pragma once
#include <lab/driver.hpp>

#include "params.hpp"

aio::Coro<std::string> load_panel(std::string name, aio::ms d) {
    aio::say("{}: loading", name);
    co_await aio::sleep(d);
    aio::say("{}: loaded", name);
    co_return name + " panel";
}

namespace exercise {

aio::Coro<> show_dashboard(Params p) {
    const std::vector<std::string> texts = co_await load_all(p.panels);
    aio::say("returned {}", list_text(texts));
}

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    aio::run(exercise::show_dashboard(exercise::draw(seed)));
}
