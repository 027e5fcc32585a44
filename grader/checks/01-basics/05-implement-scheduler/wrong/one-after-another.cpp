// expect: wrong-time M02 — awaits every item on its own
#include <aio/lab.hpp>
#include <algorithm>
using namespace aio;

struct Item {
    std::string message;
    ms delay;
};

Coro<> run_stages(std::vector<std::vector<Item>> stages) {
    say("Starting...");
    for (const auto& stage : stages) {
        for (const auto& item : stage) {
            co_await sleep(item.delay);
            say("{}", item.message);
        }
    }
    say("All done!");
}
