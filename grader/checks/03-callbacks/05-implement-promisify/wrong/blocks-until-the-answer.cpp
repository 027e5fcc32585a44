// expect: wrong-order M25 — holds the hands for 50 ms, lets the others in, and looks again
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto here = std::make_shared<bool>(false);
    auto result = std::make_shared<int>(0);
    auto text = std::make_shared<std::string>();
    s.read([=](int value, std::string error) {
        if (!*here) {
            *here = true;
            *result = value;
            *text = error;
        }
    });
    while (!*here) {
        block_for(50ms);
        co_await sleep(0ms);
    }
    if (!text->empty()) {
        throw Error(*text);
    }
    co_return *result;
}
