// 01-basics/05 implement-scheduler: stages in a row, the items of a stage together.
// Read lessons/01-basics first. Edit only this file. Check it:  ./lab check 01-5
//
// A stage is a list of items, and an item is a message with a delay. All items of a
// stage begin together, and each says its message when its delay is over. The next
// stage begins when the slowest item of this one is done; an empty stage takes no time.
// Say "Starting..." before everything else and "All done!" after it. Items of a stage
// that are due at the same time are said in the order of the arguments (R7).
//
// With the stages [2 s], [1 s] and [3 s, 3 s] the transcript must be
//   [    0] Starting...
//   [ 2000] This happens after 2 seconds
//   [ 3000] This happens 1 second after the previous task
//   [ 6000] Concurrent task 1
//   [ 6000] Concurrent task 2
//   [ 6000] All done!
//
// Rules you need: R2 (tasks), R3 (awaiting), R7 (ties).
#include <aio/lab.hpp>
using namespace aio;

struct Item {
    std::string message;
    ms delay;
};

/// Runs the stages one after another, the items of each stage together.
Coro<> run_stages(std::vector<std::vector<Item>> stages) {
    say("Starting...");
    for (const auto& stage : stages) {
        // TODO(1): how does one item wait for its delay and then say its message?
        // TODO(2): how do all items of this stage begin before any of them is awaited?
        // TODO(3): what does this loop wait for before it takes the next stage?
        for (const auto& item : stage) {
            say("{}", item.message);
        }
    }
    say("All done!");
    co_return;
}
