// expect: crashed M23 — the number by value, the list by reference; the others untouched
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    for (std::size_t k = 0; k < names.size(); ++k) {
        loop.call_later((k + 1) * step, [&, k] { say("{}, please", names[k]); });
    }
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
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

Coro<> greet(const std::string& name, ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
