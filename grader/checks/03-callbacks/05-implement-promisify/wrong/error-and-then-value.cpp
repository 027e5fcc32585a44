// expect: wrong-content M24 — after the error it goes on and sets a result as well
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto reply = get_running_loop().create_future<int>();
    s.read([reply](int value, std::string error) {
        if (reply.done()) {
            return;
        }
        if (!error.empty()) {
            reply.set_exception(Error(error));
        }
        reply.set_result(value);
    });
    co_return co_await reply;
}
