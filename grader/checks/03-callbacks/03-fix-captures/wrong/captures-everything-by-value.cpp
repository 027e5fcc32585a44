// expect: crashed M23-lambda — [=] copies into the lambda, and the lambda goes
#include <aio/lab.hpp>
using namespace aio;

Coro<> log_pause();

void announce_all(EventLoop& loop, std::vector<std::string> names, ms step) {
    for (std::size_t k = 0; k < names.size(); ++k) {
        loop.call_later((k + 1) * step, [name = names[k]] { say("{}, please", name); });
    }
}

Task<> start_logger(std::string prefix, std::function<std::string()> source) {
    return create_task([=]() -> Coro<> {
        for (;;) {
            const std::string text = source();
            if (text.empty()) {
                co_return;
            }
            say("{}: {}", prefix, text);
            co_await log_pause();
        }
    }());
}

Coro<> greet(const std::string& name, ms after) {
    co_await sleep(after);
    say("welcome, {}", name);
}
