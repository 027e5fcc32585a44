// expect: wrong-time M15 — gives call_at the delay instead of a date
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto handle = std::make_shared<TimerHandle>();
    return [d, f, handle](std::string value) {
        handle->cancel();
        *handle = get_running_loop().call_at(time_point(d), [f, value] { f(value); });
    };
}
