// expect: wrong-content M53 — a task per call; the old task is replaced, but not cancelled
#include <aio/lab.hpp>
using namespace aio;

Coro<> later(ms d, std::function<void(std::string)> f, std::string value) {
    co_await sleep(d);
    f(value);
}

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto latest = std::make_shared<std::optional<Task<>>>();
    return [=](std::string value) { *latest = create_task(later(d, f, value)); };
}
