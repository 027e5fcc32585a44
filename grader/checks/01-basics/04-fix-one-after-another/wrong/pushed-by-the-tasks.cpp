// expect: wrong-content M08 — each task appends its own result when it is done
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<> load_into(std::vector<std::string>& results, std::string name, ms d) {
    results.push_back(co_await load_panel(name, d));
}

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    std::vector<std::string> results;
    std::vector<Task<>> tasks;
    for (const auto& [name, d] : panels) {
        tasks.push_back(create_task(load_into(results, name, d)));
    }
    for (auto& task : tasks) {
        co_await task;
    }
    co_return results;
}
