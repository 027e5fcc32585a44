// expect: incomplete one-for-all — one static handle for all functions
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    static TimerHandle handle;
    return [d, f](std::string value) {
        handle.cancel();
        handle = get_running_loop().call_later(d, [f, value] { f(value); });
    };
}
