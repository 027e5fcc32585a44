// expect: incomplete none-left — cancels after the new card has taken the handle
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto handle = std::make_shared<TimerHandle>();
    return [d, f, handle](std::string value) {
        *handle = get_running_loop().call_later(d, [f, value] { f(value); });
        handle->cancel();
    };
}
