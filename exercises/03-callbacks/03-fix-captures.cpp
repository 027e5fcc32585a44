// 03-callbacks/03 fix-captures: three functions that use a string after its owner died.
// Read lessons/03-callbacks first. Edit only this file. Check it:  ./lab check 03-3
//
// An agency calls its actors to the stage, keeps a log and welcomes visitors. Each of
// the three functions below uses a string at a time at which nobody owns it any more.
// Fix all three. Keep names and parameters, but `greet` may take its name in another
// way. Each function may be called again while an earlier call is still at work.
//
//   announce_all  comes back at once; says "NAME, please" for the first name after one
//                 step, for the second after two steps, and so on
//   start_logger  comes back at once, with a task: it says "PREFIX: ENTRY" for each
//                 entry that source() gives, with a pause after each, until one is
//                 empty
//   greet         waits for `after`, then says "welcome, NAME"
//
// The checker builds with the address sanitizer, which stops a program that touches
// memory that is not its own any more. It calls each function twice, and says where it
// is: "actors", "log", "visitors", "closed". The transcript must be
//   [    0] actors
//   [  100] Amalia Greenwood, please
//   [  130] Dorian Fitzgerald, please
//   [  200] Bruno Featherstone, please
//   [  260] Edith Saint-Clair, please
//   [  300] Cleo Hollingworth, please
//   [  400] log
//   [  400] front office log: open
//   [  400] night porter log: in
//   [  500] front office log: busy
//   [  500] night porter log: out
//   [  600] front office log: shut
//   [  700] visitors
//   [  850] welcome, Greta Blackwater
//   [ 1000] welcome, Felix Summerfield
//   [ 1000] closed
//
// Rules you need: R1 (a call makes an object), R2 (tasks start later), R5 (a turn).
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause(); // given: waits until the next entry is due

/// Calls the actors to the stage, one every `step`, and comes back at once.
void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    int k = 0;
    for (const std::string& name : names) {
        // TODO(1): where does this name live, and does it still do when the call comes?
        loop.call_later(++k * step, [&name] { say("{}, please", name); });
    }
}

/// Starts to log what `source` gives. Returns: the task, done when the log is over.
Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    // TODO(2): these captures are copies, but who owns the copies, and for how long?
    auto log = [prefix, source]() -> Coro<> {
        std::string entry = source();
        while (!entry.empty()) {
            say("{}: {}", prefix, entry);
            co_await log_pause();
            entry = source();
        }
    };
    return create_task(log());
}

/// Welcomes a visitor after a while.
// TODO(3): the caller's string may be a temporary one; when is this body run?
Coro<> greet(const std::string& name, ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
