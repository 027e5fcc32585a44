// expect: wrong-time M25 — blocks for the longest delay so that the tasks can finish meanwhile
#include <aio/lab.hpp>
#include <algorithm>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d);

Coro<std::vector<std::string>> load_all(std::vector<std::pair<std::string, ms>> panels) {
    ms longest = 0ms;
    std::vector<Task<std::string>> tasks;
    for (const auto& [name, d] : panels) {
        tasks.push_back(create_task(load_panel(name, d)));
        longest = std::max(longest, d);
    }
    block_for(longest);
    std::vector<std::string> results;
    for (auto& task : tasks) {
        results.push_back(co_await task);
    }
    co_return results;
}
