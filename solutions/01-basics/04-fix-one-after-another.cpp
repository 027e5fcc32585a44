// 01-basics/04 fix-one-after-another, solved: one loop starts, another one collects.
#include <aio/lab.hpp>
using namespace aio;

Coro<std::string> load_panel(std::string name, ms d); // given

/// Loads all panels.
/// Returns: one text per panel, in the order of the arguments.
Coro<std::vector<std::string>> load_all(
    std::vector<std::pair<std::string, ms>> panels) {
    // 1 start everything. A vector of Coro objects would start nothing (R1): only a
    //   task is on the ready queue, so that all of them run as soon as this function
    //   waits.
    std::vector<Task<std::string>> tasks;
    for (const auto& [name, d] : panels) {
        tasks.push_back(create_task(load_panel(name, d)));
    }

    // 2 collect in order. A task that finished early keeps its result until it is
    //   asked, so the order of these awaits decides the order of the list and nothing
    //   else.
    std::vector<std::string> results;
    for (auto& task : tasks) {
        results.push_back(co_await task);
    }
    co_return results;
}
