// One gather over all panels: it makes the tasks and keeps the argument order (R17).
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<Coro<std::string>> loads;
    for (const auto& [name, d] : panels) {
        loads.push_back(load_panel(name, d));
    }
    co_return co_await gather(std::move(loads));
}
