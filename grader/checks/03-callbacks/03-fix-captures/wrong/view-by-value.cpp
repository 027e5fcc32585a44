// expect: crashed M23 — captures by value, but what it copies is a view
#include <aio/lab.hpp>
#include <string_view>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    auto due = loop.time();
    for (const auto& actor : names) {
        due += step;
        loop.call_at(due, [view = std::string_view(actor)] { say("{}, please", view); });
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
