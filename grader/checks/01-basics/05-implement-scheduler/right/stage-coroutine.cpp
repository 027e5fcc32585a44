// One coroutine per stage, awaited in a row, with a wait for all its tasks.
#include <aio/lab.hpp>
#include <algorithm>
using namespace aio;

struct Item {
    std::string message;
    ms delay;
};

Coro<> announce(Item item) {
    co_await sleep(item.delay);
    say("{}", item.message);
}

Coro<> run_stage(std::vector<Item> stage) {
    std::vector<Task<>> tasks;
    for (const auto& item : stage) {
        tasks.push_back(create_task(announce(item)));
    }
    if (!tasks.empty()) {
        co_await wait(tasks, When::all_completed);
    }
}

Coro<> run_stages(std::vector<std::vector<Item>> stages) {
    say("Starting...");
    for (auto& stage : stages) {
        co_await run_stage(std::move(stage));
    }
    say("All done!");
}
