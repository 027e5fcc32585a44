// expect: crashed M23 — one coroutine for all names, as a lambda that captures the list
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop&, std::vector<std::string> names, ms step) {
    auto calls = [names, step]() -> Coro<> {
        for (const auto& name : names) {
            co_await sleep(step);
            say("{}, please", name);
        }
    };
    auto task = create_task(calls());
}

Coro<> log_entries(std::string prefix, std::function<std::string()> source) {
    for (std::string entry = source(); !entry.empty(); entry = source()) {
        say("{}: {}", prefix, entry);
        co_await log_pause();
    }
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    return create_task(log_entries(prefix, source));
}

Coro<> greet(std::string name, ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
