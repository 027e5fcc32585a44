// expect: wrong-content at-once — calls f where its callback should be passed
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto card = std::make_shared<TimerHandle>();
    return [d, f, card](std::string value) {
        card->cancel();
        f(value);
        *card = get_running_loop().call_later(d, [] {});
    };
}
