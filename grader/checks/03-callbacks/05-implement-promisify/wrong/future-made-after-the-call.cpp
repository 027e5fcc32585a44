// expect: wrong-content immediate-lost — an answer inside read finds nobody
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

struct Wait {
    std::optional<Future<int>> who = std::nullopt;
};

Coro<int> read_async(Sensor& s) {
    auto wait = std::make_shared<Wait>();
    s.read([wait](int value, std::string error) {
        if (!wait->who || wait->who->done()) {
            return;
        }
        if (error.empty()) {
            wait->who->set_result(value);
        } else {
            wait->who->set_exception(Error(error));
        }
    });
    wait->who = get_running_loop().create_future<int>();
    co_return co_await *wait->who;
}
