// expect: wrong-order M02 — one after another from the last panel to the first
#include <aio/lab.hpp>
#include <algorithm>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::string> in_background(std::pair<std::string, ms> panel) {
    auto text = co_await load_panel(panel.first, panel.second);
    co_return text;
}

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<std::string> results;
    while (!panels.empty()) {
        results.push_back(co_await in_background(panels.back()));
        panels.pop_back();
    }
    std::reverse(results.begin(), results.end());
    co_return results;
}
