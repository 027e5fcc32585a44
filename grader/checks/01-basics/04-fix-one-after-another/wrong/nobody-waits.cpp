// expect: wrong-content M09 — tasks fill the list in the background, nobody waits for them
#include <aio/lab.hpp>
#include <memory>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<> fill(std::shared_ptr<std::vector<std::string>> list, std::size_t i, std::string name, ms d) {
    (*list)[i] = co_await load_panel(name, d);
}

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    auto list = std::make_shared<std::vector<std::string>>(panels.size());
    for (std::size_t i = 0; i < panels.size(); ++i) {
        auto loading = create_task(fill(list, i, panels[i].first, panels[i].second));
    }
    co_return *list;
}
