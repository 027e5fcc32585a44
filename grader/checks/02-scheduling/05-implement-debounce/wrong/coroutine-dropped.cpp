// expect: incomplete M01 — calls a coroutine and drops its object
#include <aio/lab.hpp>
using namespace aio;

Coro<> later(ms d, std::function<void(std::string)> f, std::string value) {
    co_await sleep(d);
    f(value);
}

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    return [d, f](std::string value) { auto waiting = later(d, f, value); };
}
