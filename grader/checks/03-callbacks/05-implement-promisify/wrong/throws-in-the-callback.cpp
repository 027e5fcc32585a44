// expect: wrong-content M20 — the error is thrown to the sensor, not to who waits
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto f = get_running_loop().create_future<int>();
    s.read([f](int value, std::string error) {
        if (f.done()) {
            return;
        }
        if (!error.empty()) {
            throw Error(error);
        }
        f.set_result(value);
    });
    co_return co_await f;
}
