// expect: wrong-time M46 — a flag, and a look at it every 10 ms
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

struct Slot {
    bool here = false;
    int value = 0;
    std::string error;
};

Coro<int> read_async(Sensor& s) {
    auto slot = std::make_shared<Slot>();
    s.read([slot](int value, std::string error) {
        if (!slot->here) {
            *slot = {true, value, error};
        }
    });
    while (!slot->here) {
        co_await sleep(10ms);
    }
    if (!slot->error.empty()) {
        throw Error(slot->error);
    }
    co_return slot->value;
}
