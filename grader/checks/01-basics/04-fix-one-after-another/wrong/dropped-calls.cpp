// expect: incomplete M01 — calls every load and drops the objects
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<std::string> results;
    for (const auto& [name, d] : panels) {
        auto loading = load_panel(name, d);
        results.push_back(name + " panel");
    }
    co_return results;
}
