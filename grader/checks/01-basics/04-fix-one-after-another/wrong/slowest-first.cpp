// expect: wrong-order M05 — starts the slowest first, and puts the results back in order later
#include <aio/lab.hpp>
#include <algorithm>
#include <numeric>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<std::size_t> order(panels.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return panels[a].second > panels[b].second; });
    std::vector<Coro<std::string>> loads;
    for (auto i : order) {
        loads.push_back(load_panel(panels[i].first, panels[i].second));
    }
    auto texts = co_await gather(std::move(loads));
    std::vector<std::string> results(panels.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        results[order[k]] = texts[k];
    }
    co_return results;
}
