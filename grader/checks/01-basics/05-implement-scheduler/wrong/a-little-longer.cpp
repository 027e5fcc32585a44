// expect: wrong-time M46 — adds a small sleep after each stage so that the lines come in order
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
        std::vector<Coro<>> items;
        for (const auto& item : stage) {
            items.push_back(announce(item.message, item.delay));
        }
        co_await gather(std::move(items));
        co_await sleep(10ms);
    }
    say("All done!");
}
