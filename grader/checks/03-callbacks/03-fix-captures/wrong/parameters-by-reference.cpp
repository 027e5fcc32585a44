// expect: crashed M23-lambda — a named coroutine, but its parameters are references
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    for (std::size_t k = 0; k < names.size(); ++k) {
        loop.call_later((k + 1) * step, [name = names[k]] { say("{}, please", name); });
    }
}

Coro<> keep_log(const std::string& prefix, const std::function<std::string()>& source) {
    std::string entry = source();
    while (!entry.empty()) {
        say("{}: {}", prefix, entry);
        co_await log_pause();
        entry = source();
    }
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    return create_task(keep_log(prefix, source), "logger");
}

Coro<> greet(std::string name, ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
