// One wait for all tasks; the results are read afterwards, in argument order.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<std::string> results;
    if (panels.empty()) {
        co_return results;
    }
    std::vector<Task<std::string>> tasks;
    for (const auto& [name, d] : panels) {
        tasks.push_back(create_task(load_panel(name, d)));
    }
    co_await wait(tasks, When::all_completed);
    for (auto& task : tasks) {
        results.push_back(task.result());
    }
    co_return results;
}
