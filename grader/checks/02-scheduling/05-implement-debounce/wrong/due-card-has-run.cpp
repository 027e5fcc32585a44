// expect: wrong-content M53-due — cancels only while the delay is not over
#include <aio/lab.hpp>
using namespace aio;

struct Latest {
    TimerHandle card;
    std::optional<ms> due;
};

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto latest = std::make_shared<Latest>();
    return [d, f, latest](std::string value) {
        if (latest->due && now() < *latest->due) {
            latest->card.cancel();
        }
        latest->due = now() + d;
        latest->card = get_running_loop().call_later(d, [f, value] { f(value); });
    };
}
