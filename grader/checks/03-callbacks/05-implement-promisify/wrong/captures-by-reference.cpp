// expect: crashed M23 — the callback keeps a reference to a variable of the coroutine
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto answer = get_running_loop().create_future<int>();
    s.read([&](int value, std::string error) {
        if (answer.done()) {
            return;
        }
        if (error.empty()) {
            answer.set_result(value);
        } else {
            answer.set_exception(Error(error));
        }
    });
    co_return co_await answer;
}
