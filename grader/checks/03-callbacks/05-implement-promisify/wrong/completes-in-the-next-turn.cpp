// expect: wrong-order immediate-waits — the callback puts off what it has to do
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto& loop = get_running_loop();
    auto f = loop.create_future<int>();
    s.read([&loop, f](int value, std::string error) {
        loop.call_soon([f, value, error] {
            if (f.done()) {
                return;
            }
            if (error.empty()) {
                f.set_result(value);
            } else {
                f.set_exception(Error(error));
            }
        });
    });
    co_return co_await f;
}
