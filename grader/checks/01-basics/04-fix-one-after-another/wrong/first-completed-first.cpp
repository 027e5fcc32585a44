// expect: wrong-content M08 — takes whichever task is done next, so the list is sorted by delay
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<Task<std::string>> open;
    for (std::size_t i = 0; i < panels.size(); ++i) {
        open.push_back(create_task(load_panel(panels[i].first, panels[i].second)));
    }
    std::vector<std::string> texts;
    while (!open.empty()) {
        auto [done, pending] = co_await wait(open, When::first_completed);
        for (auto& task : done) {
            texts.push_back(task.result());
        }
        open = pending;
    }
    co_return texts;
}
