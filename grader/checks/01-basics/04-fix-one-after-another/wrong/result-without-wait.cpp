// expect: crashed result-too-early — starts every panel and asks for the texts at once
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<Task<std::string>> tasks;
    for (const auto& [name, d] : panels) {
        tasks.push_back(create_task(load_panel(name, d)));
    }
    std::vector<std::string> texts;
    for (const auto& task : tasks) {
        texts.push_back(task.result());
    }
    co_return texts;
}
