// expect: crashed M23 — a reference to a variable of debounce, which is gone when it has returned
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    TimerHandle handle;
    return [f, d, &handle](std::string value) {
        handle.cancel();
        handle = get_running_loop().call_later(d, [f, value] { f(value); });
    };
}
