// expect: incomplete M01 — a coroutine calls the names, and nobody runs it
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

Coro<> call_all(std::vector<std::string> names, ms step) {
    for (const std::string& name : names) {
        co_await sleep(step);
        say("{}, please", name);
    }
}

void announce_all(EventLoop&, std::vector<std::string> names, ms step) {
    auto calls = call_all(std::move(names), step);
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
