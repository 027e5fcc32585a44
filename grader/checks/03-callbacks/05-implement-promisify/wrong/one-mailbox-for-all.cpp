// expect: wrong-content shared-state — one future for all that wait
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

Future<int> mailbox;

Coro<int> read_async(Sensor& s) {
    mailbox = get_running_loop().create_future<int>();
    s.read([](int value, std::string error) {
        if (mailbox.done()) {
            return;
        }
        if (error.empty()) {
            mailbox.set_result(value);
        } else {
            mailbox.set_exception(Error(error));
        }
    });
    co_return co_await mailbox;
}
