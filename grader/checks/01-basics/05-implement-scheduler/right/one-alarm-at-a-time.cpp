// No tasks at all: sorts a stage by delay and sleeps from one message to the next.
#include <aio/lab.hpp>
#include <algorithm>
using namespace aio;

struct Item {
    std::string message;
    ms delay;
};

Coro<> run_stages(std::vector<std::vector<Item>> stages) {
    say("Starting...");
    for (auto& stage : stages) {
        std::stable_sort(stage.begin(), stage.end(),
                         [](const Item& a, const Item& b) { return a.delay < b.delay; });
        ms passed = 0ms;
        for (const Item& item : stage) {
            if (item.delay > passed) {
                co_await sleep(item.delay - passed);
                passed = item.delay;
            }
            say("{}", item.message);
        }
    }
    say("All done!");
}
