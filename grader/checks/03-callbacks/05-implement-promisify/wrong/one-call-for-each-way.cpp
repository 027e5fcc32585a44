// expect: wrong-content asked-again — asks once for the value and once for the error
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Coro<int> read_async(Sensor& s) {
    const auto reply = get_running_loop().create_future<int>();
    s.read([reply](int value, std::string error) {
        if (error.empty() && !reply.done()) {
            reply.set_result(value);
        }
    });
    s.read([reply](int, std::string error) {
        if (!error.empty() && !reply.done()) {
            reply.set_exception(Error(error));
        }
    });
    co_return co_await reply;
}
