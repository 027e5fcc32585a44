// expect: wrong-content own-copy — the handle lies in the lambda, so each copy has its own
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    return [d, f, card = TimerHandle()](std::string value) mutable {
        card.cancel();
        card = get_running_loop().call_later(d, [f, value] { f(value); });
    };
}
