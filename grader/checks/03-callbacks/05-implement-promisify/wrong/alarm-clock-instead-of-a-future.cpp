// expect: wrong-time M46 — call_later looks again and again, and completes a future
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

struct Look {
    bool here = false;
    int value = 0;
    std::string error;
    Future<int> done;
};

void look_again(std::shared_ptr<Look> look) {
    if (look->done.done()) {
        return;
    }
    if (!look->here) {
        get_running_loop().call_later(20ms, [look] { look_again(look); });
    } else if (look->error.empty()) {
        look->done.set_result(look->value);
    } else {
        look->done.set_exception(Error(look->error));
    }
}

Coro<int> read_async(Sensor& s) {
    auto look = std::make_shared<Look>();
    look->done = get_running_loop().create_future<int>();
    s.read([look](int value, std::string error) {
        if (!look->here) {
            look->here = true;
            look->value = value;
            look->error = error;
        }
    });
    look_again(look);
    co_return co_await look->done;
}
