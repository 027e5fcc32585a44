// expect: crashed M23 — a copy, but captured by reference: it ends with its round of the loop
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    ms when = 0ms;
    for (std::string name : names) {
        when += step;
        loop.call_later(when, [&] { say("{}, please", name); });
    }
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
