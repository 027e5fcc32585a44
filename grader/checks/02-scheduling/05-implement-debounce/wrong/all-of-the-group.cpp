// expect: wrong-content batch — collects the values and runs f with each of them
#include <aio/lab.hpp>
using namespace aio;

std::function<void(std::string)> debounce(ms d, std::function<void(std::string)> f) {
    auto values = std::make_shared<std::vector<std::string>>();
    auto card = std::make_shared<TimerHandle>();
    return [d, f, values, card](std::string value) {
        values->push_back(value);
        card->cancel();
        *card = get_running_loop().call_later(d, [f, values] {
            for (const auto& each : *values) {
                f(each);
            }
            values->clear();
        });
    };
}
