// expect: incomplete M09 — waits for a stage before it begins the next one, but not for the last
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

Coro<> run_stages(std::vector<std::vector<Item>> stages) {
    say("Starting...");
    std::vector<Task<>> before;
    for (const auto& stage : stages) {
        for (auto& task : before) {
            co_await task;
        }
        before.clear();
        for (const auto& item : stage) {
            before.push_back(create_task(announce(item)));
        }
    }
    say("All done!");
}
