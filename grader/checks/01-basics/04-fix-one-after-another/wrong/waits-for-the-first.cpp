// expect: wrong-content M09 — returns as soon as one panel is loaded, the others are cut at the end
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<Task<std::string>> tasks;
    for (auto& panel : panels) {
        tasks.push_back(create_task(load_panel(panel.first, panel.second)));
    }
    std::vector<std::string> results;
    if (!tasks.empty()) {
        co_await wait(tasks, When::first_completed);
    }
    for (auto& task : tasks) {
        results.push_back(task.done() ? task.result() : "still loading");
    }
    co_return results;
}
