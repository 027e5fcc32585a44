// expect: incomplete M09 — the tasks are made and nobody waits for them
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
    for (const auto& stage : stages) {
        for (const auto& item : stage) {
            auto running = create_task(announce(item));
        }
    }
    say("All done!");
    co_return;
}
