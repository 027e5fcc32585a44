// a queue takes all answers, and the reader takes the first of them.
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

using Reply = std::pair<int, std::string>;

Coro<int> read_async(Sensor& s) {
    auto replies = std::make_shared<Queue<Reply>>();
    s.read([replies](int value, std::string error) { replies->put_nowait({value, error}); });
    auto [value, error] = co_await replies->get();
    if (!error.empty()) {
        throw std::runtime_error(error);
    }
    co_return value;
}
