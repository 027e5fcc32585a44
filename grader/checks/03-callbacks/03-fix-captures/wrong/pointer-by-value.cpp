// expect: crashed M23 — captures a pointer by value, and the string dies
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const char* text = names[i].c_str();
        loop.call_later(static_cast<int>(i + 1) * step, [text] { say("{}, please", text); });
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
