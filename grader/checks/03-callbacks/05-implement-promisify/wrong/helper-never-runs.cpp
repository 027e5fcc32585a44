// expect: wrong-content M01 — a helper coroutine is called and dropped
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<> ask(Sensor& s, Future<int> f) {
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
    co_return;
}

Coro<int> read_async(Sensor& s) {
    auto f = get_running_loop().create_future<int>();
    auto asking = ask(s, f);
    co_return co_await f;
}
