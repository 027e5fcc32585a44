// expect: wrong-content second-wins — the slot is written again before the reader wakes up
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

struct Slot {
    int value = 0;
    std::string error;
};

Coro<int> read_async(Sensor& s) {
    auto slot = std::make_shared<Slot>();
    auto rung = get_running_loop().create_future<>();
    s.read([slot, rung](int value, std::string error) {
        slot->value = value;
        slot->error = error;
        if (!rung.done()) {
            rung.set_result();
        }
    });
    co_await rung;
    if (!slot->error.empty()) {
        throw Error(slot->error);
    }
    co_return slot->value;
}
