// expect: crashed M23-lambda — copies the captures when the body runs, which is too late
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    for (std::size_t k = 0; k < names.size(); ++k) {
        loop.call_later((k + 1) * step, [name = names[k]] { say("{}, please", name); });
    }
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    auto log = [prefix, source]() -> Coro<> {
        const std::string own_prefix = prefix;
        const auto own_source = source;
        for (auto entry = own_source(); !entry.empty(); entry = own_source()) {
            say("{}: {}", own_prefix, entry);
            co_await log_pause();
        }
    };
    return create_task(log());
}

Coro<> greet(std::string name, ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
