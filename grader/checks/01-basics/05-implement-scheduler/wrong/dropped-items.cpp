// expect: incomplete M01 — calls the coroutine of every item and drops the object
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
            auto started = announce(item);
        }
    }
    say("All done!");
    co_return;
}
