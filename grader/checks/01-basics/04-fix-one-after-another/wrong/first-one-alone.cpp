// expect: wrong-order M02 — waits for the first panel, and starts the others only then
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<std::string> all;
    if (panels.empty()) {
        co_return all;
    }
    all.push_back(co_await load_panel(panels[0].first, panels[0].second));
    std::vector<Coro<std::string>> others;
    for (std::size_t i = 1; i < panels.size(); ++i) {
        others.push_back(load_panel(panels[i].first, panels[i].second));
    }
    auto rest = co_await gather(std::move(others));
    for (auto& text : rest) {
        all.push_back(text);
    }
    co_return all;
}
