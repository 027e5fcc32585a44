// A task that sleeps, cancelled by the next call.
#include <aio/lab.hpp>
using namespace aio;

Coro<> after(ms d, std::function<void(std::string)> f, std::string value) {
    co_await sleep(d);
    f(value);
}

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto waiting = std::make_shared<std::optional<Task<>>>();
    return [=](std::string value) {
        if (*waiting) {
            (*waiting)->cancel();
        }
        *waiting = create_task(after(d, f, value));
    };
}
