// expect: wrong-content error-dropped — takes the value, whatever the error says
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto f = get_running_loop().create_future<int>();
    s.read([f](int value, std::string) {
        if (!f.done()) {
            f.set_result(value);
        }
    });
    co_return co_await f;
}
