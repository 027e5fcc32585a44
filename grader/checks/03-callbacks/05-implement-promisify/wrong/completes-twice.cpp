// expect: wrong-content M24 — sets the result at every call
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    Future<int> f = get_running_loop().create_future<int>();
    s.read([f](int value, std::string error) {
        if (!error.empty()) {
            f.set_exception(Error(error));
        } else {
            f.set_result(value);
        }
    });
    co_return co_await f;
}
