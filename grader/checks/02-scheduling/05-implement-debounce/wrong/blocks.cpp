// expect: wrong-content M25 — blocks for the delay, then calls f
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    return [d, f](std::string value) {
        block_for(d);
        f(value);
    };
}
