// expect: wrong-content error-dropped — an answer with an error completes nothing
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto event = std::make_shared<Event>();
    auto result = std::make_shared<std::optional<int>>();
    s.read([=](int value, std::string error) {
        if (error.empty() && !*result) {
            *result = value;
            event->set();
        }
    });
    co_await event->wait();
    co_return **result;
}
