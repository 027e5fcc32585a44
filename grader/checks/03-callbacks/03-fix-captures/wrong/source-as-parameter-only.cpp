// expect: crashed M23-lambda — passes the source, still captures the prefix
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    for (std::size_t k = 0; k < names.size(); ++k) {
        loop.call_later((k + 1) * step, [name = names[k]] { say("{}, please", name); });
    }
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    auto log = [&prefix](std::function<std::string()> from) -> Coro<> {
        for (auto entry = from(); !entry.empty(); entry = from()) {
            say("{}: {}", prefix, entry);
            co_await log_pause();
        }
    };
    return create_task(log(source));
}

Coro<> greet(std::string name, ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
