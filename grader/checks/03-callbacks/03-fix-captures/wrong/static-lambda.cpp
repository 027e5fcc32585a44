// expect: incomplete M23-shared — a static lambda lives, with the captures of the first call
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    for (std::size_t k = 0; k < names.size(); ++k) {
        loop.call_later((k + 1) * step, [name = names[k]] { say("{}, please", name); });
    }
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    static auto log = [prefix, source]() -> Coro<> {
        for (std::string entry = source(); !entry.empty(); entry = source()) {
            say("{}: {}", prefix, entry);
            co_await log_pause();
        }
    };
    return create_task(log());
}

Coro<> greet(std::string name, ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
