// expect: wrong-order all-at-once — every stage is a task of its own, all started together
#include <aio/lab.hpp>
#include <algorithm>
using namespace aio;

struct Item {
    std::string message;
    ms delay;
};

Coro<> later(Item item) {
    co_await sleep(item.delay);
    say("{}", item.message);
}

Coro<> run_stage(std::vector<Item> stage) {
    std::vector<Coro<>> items;
    for (const auto& item : stage) {
        items.push_back(later(item));
    }
    co_await gather(std::move(items));
}

Coro<> run_stages(std::vector<std::vector<Item>> stages) {
    say("Starting...");
    std::vector<Task<>> running;
    while (running.size() < stages.size()) {
        running.push_back(create_task(run_stage(stages[running.size()])));
    }
    for (auto& stage : running) {
        co_await stage;
    }
    say("All done!");
}
