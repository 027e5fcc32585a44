// value and error travel together, and nobody awaits what has come already.
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    struct Answer {
        int value;
        std::string error;
    };
    const auto early = std::make_shared<std::optional<Answer>>();
    const auto late = get_running_loop().create_future<Answer>();
    s.read([early, late](int value, std::string error) {
        if (!*early) {
            *early = Answer{value, error};
            if (!late.done()) {
                late.set_result(**early);
            }
        }
    });
    if (!*early) {
        co_await late;
    }
    if ((*early)->error.empty()) {
        co_return (*early)->value;
    }
    throw Error((*early)->error);
}
