// expect: wrong-order at-once — writes the whole log before it comes back
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    for (std::size_t k = 0; k < names.size(); ++k) {
        loop.call_later((k + 1) * step, [name = names[k]] { say("{}, please", name); });
    }
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    for (std::string entry = source(); !entry.empty(); entry = source()) {
        say("{}: {}", prefix, entry);
    }
    return create_task(log_pause(), prefix);
}

Coro<> greet(std::string name, ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
