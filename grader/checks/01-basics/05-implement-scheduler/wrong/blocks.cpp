// expect: wrong-time M25 — waits with block_for inside a coroutine
#include <aio/lab.hpp>
#include <algorithm>
using namespace aio;

struct Item {
    std::string message;
    ms delay;
};

Coro<> announce(Item item) {
    block_for(item.delay);
    say("{}", item.message);
    co_return;
}

Coro<> run_stages(std::vector<std::vector<Item>> stages) {
    say("Starting...");
    for (const auto& stage : stages) {
        std::vector<Coro<>> items;
        for (const auto& item : stage) {
            items.push_back(announce(item));
        }
        co_await gather(std::move(items));
    }
    say("All done!");
}
