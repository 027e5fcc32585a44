// expect: wrong-time M02 — makes a task of each item and waits for it at once
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
    for (auto& stage : stages) {
        for (auto& item : stage) {
            auto task = create_task(announce(item.message, item.delay));
            co_await task;
        }
    }
    say("All done!");
}
