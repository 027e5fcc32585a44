// expect: wrong-order all-at-once — one gather over the items of all stages
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
    std::vector<Coro<>> all;
    for (const auto& stage : stages) {
        for (const auto& item : stage) {
            all.push_back(announce(item));
        }
    }
    co_await gather(std::move(all));
    say("All done!");
}
