// expect: wrong-content M53-late — the card itself cancels the old one, when it is served
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto card = std::make_shared<TimerHandle>();
    return [=](std::string value) {
        *card = get_running_loop().call_later(d, [=] {
            card->cancel();
            f(value);
        });
    };
}
