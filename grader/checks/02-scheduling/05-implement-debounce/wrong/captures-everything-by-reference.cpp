// expect: crashed M23 — the callback refers to the value of a call that is over
#include <aio/lab.hpp>
using namespace aio;

struct Field {
    ms quiet;
    std::function<void(std::string)> ask;
    TimerHandle card = {};

    void typed(std::string text) {
        card.cancel();
        card = get_running_loop().call_later(quiet, [&] { ask(text); });
    }
};

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto field = std::make_shared<Field>(Field{d, std::move(f)});
    return [field](std::string value) { field->typed(std::move(value)); };
}
