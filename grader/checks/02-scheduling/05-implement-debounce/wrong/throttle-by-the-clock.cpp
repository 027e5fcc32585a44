// expect: wrong-content throttle — a call counts only if the one before it is d old
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto last = std::make_shared<ms>(-d);
    return [d, f, last](std::string value) {
        if (now() - *last >= d) {
            *last = now();
            get_running_loop().call_later(d, [f, value] { f(value); });
        }
    };
}
