// expect: wrong-time throttle — keeps the newest value, but the date of the first call
#include <aio/lab.hpp>
using namespace aio;

struct State {
    std::optional<std::string> newest;
};

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto state = std::make_shared<State>();
    return [d, f, state](std::string value) {
        const bool idle = !state->newest.has_value();
        state->newest = value;
        if (idle) {
            get_running_loop().call_later(d, [f, state] {
                const std::string text = *state->newest;
                state->newest.reset();
                f(text);
            });
        }
    };
}
