// expect: wrong-content M53 — files a card for each call and keeps none of the handles
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    return
        [d, f](std::string value) { get_running_loop().call_later(d, [f, value] { f(value); }); };
}
