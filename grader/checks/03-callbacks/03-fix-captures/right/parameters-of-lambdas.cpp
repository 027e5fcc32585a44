// Lambdas without captures: everything they need comes in by value.
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop&, std::vector<std::string> names, ms step) {
    auto call_all = [](std::vector<std::string> actors, ms pause) -> Coro<> {
        for (const std::string& actor : actors) {
            co_await sleep(pause);
            say("{}, please", actor);
        }
    };
    create_task(call_all(std::move(names), step), "announcer");
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    auto log = [](std::string owner, std::function<std::string()> next) -> Coro<> {
        for (std::string entry = next(); !entry.empty(); entry = next()) {
            say("{}: {}", owner, entry);
            co_await log_pause();
        }
    };
    return create_task(log(std::move(prefix), std::move(source)));
}

Coro<> greet(const std::string name, const ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
