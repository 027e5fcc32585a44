// expect: wrong-order all-at-once — creates the tasks of all stages, then awaits stage by stage
#include <aio/lab.hpp>
#include <algorithm>
using namespace aio;

struct Item {
    std::string message;
    ms delay;
};

Coro<> item_task(std::string message, ms delay) {
    co_await sleep(delay);
    say("{}", message);
}

Coro<> run_stages(std::vector<std::vector<Item>> stages) {
    say("Starting...");
    std::vector<std::vector<Task<>>> tasks(stages.size());
    for (std::size_t k = 0; k < stages.size(); ++k) {
        for (const auto& item : stages[k]) {
            tasks[k].push_back(create_task(item_task(item.message, item.delay)));
        }
    }
    for (auto& stage : tasks) {
        for (auto& task : stage) {
            co_await task;
        }
    }
    say("All done!");
}
