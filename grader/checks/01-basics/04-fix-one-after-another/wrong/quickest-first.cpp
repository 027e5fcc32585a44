// expect: wrong-content M05 — sorts the panels so that the quickest is started and awaited first
#include <aio/lab.hpp>
#include <algorithm>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::sort(panels.begin(), panels.end(),
              [](const auto& a, const auto& b) { return a.second < b.second; });
    std::vector<Task<std::string>> tasks;
    for (const auto& [name, d] : panels) {
        tasks.push_back(create_task(load_panel(name, d)));
    }
    std::vector<std::string> results;
    for (auto& task : tasks) {
        results.push_back(co_await task);
    }
    co_return results;
}
