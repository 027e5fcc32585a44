// expect: wrong-content throttle — ignores calls while one is waiting
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto waiting = std::make_shared<bool>(false);
    return [d, f, waiting](std::string value) {
        if (*waiting) {
            return;
        }
        *waiting = true;
        get_running_loop().call_later(d, [f, value, waiting] {
            *waiting = false;
            f(value);
        });
    };
}
