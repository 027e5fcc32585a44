// expect: wrong-content M24 — thinks of the cancel, not of the second answer
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto reply = get_running_loop().create_future<int>();
    s.read([reply](int value, std::string error) {
        if (reply.cancelled()) {
            return;
        }
        error.empty() ? reply.set_result(value) : reply.set_exception(Error(error));
    });
    int value = co_await reply;
    co_return value;
}
