// expect: wrong-order M25 — a loader of its own that blocks, wrapped in a coroutine
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::string> load_async(std::string name, ms d) {
    say("{}: loading", name);
    block_for(d);
    say("{}: loaded", name);
    co_return name + " panel";
}

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<Coro<std::string>> loads;
    for (const auto& [name, d] : panels) {
        loads.push_back(load_async(name, d));
    }
    co_return co_await gather(std::move(loads));
}
