// expect: wrong-order M46 — sleeps for the longest delay of the stage instead of awaiting its tasks
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
        std::vector<Task<>> tasks;
        ms longest = 0ms;
        for (const auto& item : stage) {
            tasks.push_back(create_task(announce(item)));
            longest = std::max(longest, item.delay);
        }
        co_await sleep(longest);
    }
    say("All done!");
}
