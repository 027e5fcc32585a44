// expect: wrong-content M46 — a ticker of 10 ms looks whether it has been quiet for long enough
#include <aio/lab.hpp>
using namespace aio;

struct State {
    std::optional<std::string> value;
    ms since = 0ms;
};

Coro<> watch(ms d, std::function<void(std::string)> f, std::shared_ptr<State> state) {
    while (state->value) {
        co_await sleep(10ms);
        if (now() - state->since >= d) {
            const std::string value = *state->value;
            state->value.reset();
            f(value);
        }
    }
}

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto state = std::make_shared<State>();
    return [d, f, state](std::string value) {
        const bool idle = !state->value.has_value();
        state->value = value;
        state->since = now();
        if (idle) {
            create_task(watch(d, f, state));
        }
    };
}
