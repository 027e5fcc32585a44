// expect: wrong-content asked-again — asks, waits a little, and asks again
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

struct Slot {
    std::optional<int> value;
    std::string error = "";
};

Coro<int> read_async(Sensor& s) {
    auto slot = std::make_shared<Slot>();
    while (!slot->value) {
        s.read([slot](int value, std::string error) {
            if (!slot->value) {
                slot->value = value;
                slot->error = error;
            }
        });
        if (!slot->value) {
            co_await sleep(200ms);
        }
    }
    if (!slot->error.empty()) {
        throw Error(slot->error);
    }
    co_return *slot->value;
}
