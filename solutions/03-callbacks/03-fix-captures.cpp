// 03-callbacks/03 fix-captures, solved: each callback and each frame owns its strings.
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause(); // given: waits until the next entry is due

/// Calls the actors to the stage, one every `step`, and comes back at once.
void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    int k = 0;
    for (const std::string& name : names) {
        // 1 a copy for each callback. `names` ends with this function, before the first
        //   timer is due; what the lambda captured by value is kept by the loop.
        loop.call_later(++k * step, [name] { say("{}, please", name); });
    }
}

// 2 a named coroutine instead of a lambda: its parameters are copied into the frame,
//   which the task keeps until it is done. Captures would stay in the lambda object,
//   which nobody keeps.
Coro<> log_entries(std::string prefix, std::function<std::string()> source) {
    std::string entry = source();
    while (!entry.empty()) {
        say("{}: {}", prefix, entry);
        co_await log_pause();
        entry = source();
    }
}

/// Starts to log what `source` gives. Returns: the task, done when the log is over.
Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    return create_task(log_entries(prefix, source));
}

/// Welcomes a visitor after a while.
// 3 by value: the call copies the name into the frame, and only then comes back. The
//   body runs later (R1), when the caller's string may be gone.
Coro<> greet(std::string name, ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
