// expect: wrong-order M02 — makes all coroutine objects first, then awaits them in a loop
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<Coro<std::string>> started;
    for (const auto& [name, d] : panels) {
        started.push_back(load_panel(name, d));
    }
    std::vector<std::string> results;
    for (auto& one : started) {
        results.push_back(co_await std::move(one));
    }
    co_return results;
}
