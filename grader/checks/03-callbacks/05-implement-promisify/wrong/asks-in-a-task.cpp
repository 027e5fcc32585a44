// expect: wrong-order immediate-waits — the call itself waits for a turn
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> ask(Sensor& s) {
    auto f = get_running_loop().create_future<int>();
    s.read([f](int value, std::string error) {
        if (f.done()) {
            return;
        }
        if (error.empty()) {
            f.set_result(value);
        } else {
            f.set_exception(Error(error));
        }
    });
    co_return co_await f;
}

Coro<int> read_async(Sensor& s) { co_return co_await create_task(ask(s)); }
