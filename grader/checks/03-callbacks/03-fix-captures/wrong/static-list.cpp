// expect: crashed M23-shared — a static list: the second call takes it from the first
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    static std::vector<std::string> kept;
    kept = names;
    for (std::size_t k = 0; k < kept.size(); ++k) {
        loop.call_later((k + 1) * step, [k] { say("{}, please", kept[k]); });
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
