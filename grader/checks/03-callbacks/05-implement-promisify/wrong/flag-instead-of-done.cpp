// expect: wrong-content M24-late — counts its own answers, and a cancel is none
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    auto reply = get_running_loop().create_future<int>();
    s.read([reply, first = true](int value, std::string error) mutable {
        if (!std::exchange(first, false)) {
            return;
        }
        if (error.empty()) {
            reply.set_result(value);
        } else {
            reply.set_exception(Error(error));
        }
    });
    co_return co_await reply;
}
