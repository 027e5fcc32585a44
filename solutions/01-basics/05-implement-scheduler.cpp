// 01-basics/05 implement-scheduler, solved: an ordinary loop with one gather per stage.
#include <aio/lab.hpp>
using namespace aio;

struct Item {
    std::string message;
    ms delay;
};

// 1 one item. It is a coroutine so that many of them can wait at the same time.
Coro<> say_later(Item item) {
    co_await sleep(item.delay);
    say("{}", item.message);
}

/// Runs the stages one after another, the items of each stage together.
Coro<> run_stages(std::vector<std::vector<Item>> stages) {
    say("Starting...");
    for (const auto& stage : stages) {
        // 2 start everything of this stage. gather makes the tasks in argument order,
        //   so equal delays end in that order too (R7).
        std::vector<Coro<>> items;
        for (const auto& item : stage) {
            items.push_back(say_later(item));
        }
        // 3 the await is the border: the loop takes the next stage when the slowest
        //   item is done. A gather of nothing is done at once, so an empty stage is no
        //   case.
        co_await gather(std::move(items));
    }
    say("All done!");
}
