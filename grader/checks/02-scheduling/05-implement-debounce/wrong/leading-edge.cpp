// expect: wrong-content at-once — runs the first call at once and ignores the others for d
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto quiet = std::make_shared<TimerHandle>();
    auto open = std::make_shared<bool>(true);
    return [d, f, quiet, open](std::string value) {
        quiet->cancel();
        *quiet = get_running_loop().call_later(d, [open] { *open = true; });
        if (*open) {
            *open = false;
            f(value);
        }
    };
}
