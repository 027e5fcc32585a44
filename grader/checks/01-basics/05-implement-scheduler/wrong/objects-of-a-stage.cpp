// expect: wrong-time M02 — collects the coroutine objects of a stage and awaits them in a loop
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
    std::size_t k = 0;
    while (k < stages.size()) {
        std::vector<Coro<>> together;
        for (const auto& item : stages[k]) {
            together.push_back(announce(item));
        }
        for (auto& one : together) {
            co_await std::move(one);
        }
        ++k;
    }
    say("All done!");
}
