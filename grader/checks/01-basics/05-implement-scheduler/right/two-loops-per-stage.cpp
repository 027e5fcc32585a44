// Two loops per stage: one creates tasks, one awaits them.
#include <aio/lab.hpp>
#include <algorithm>
using namespace aio;

struct Item {
    std::string message;
    ms delay;
};

Coro<> announce(std::string message, ms delay) {
    co_await sleep(delay);
    say("{}", message);
}

Coro<> run_stages(std::vector<std::vector<Item>> stages) {
    say("Starting...");
    for (const auto& stage : stages) {
        std::vector<Task<>> tasks;
        for (const auto& item : stage) {
            tasks.push_back(create_task(announce(item.message, item.delay)));
        }
        for (auto& task : tasks) {
            co_await task;
        }
    }
    say("All done!");
}
