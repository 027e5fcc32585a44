// As lodash does it: a card that comes due too early is filed again for what is left.
#include <aio/lab.hpp>
using namespace aio;

struct Waiting {
    ms d;
    std::function<void(std::string)> f;
    std::string value = "";
    ms due = 0ms;
    bool filed = false;
};

void look(std::shared_ptr<Waiting> w) {
    w->filed = w->due > now();
    if (w->filed) {
        get_running_loop().call_at(time_point(w->due), [w] { look(w); });
    } else {
        w->f(w->value);
    }
}

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto w = std::make_shared<Waiting>(Waiting{d, std::move(f)});
    return [w](std::string value) {
        w->value = std::move(value);
        w->due = now() + w->d;
        if (!w->filed) {
            look(w);
        }
    };
}
