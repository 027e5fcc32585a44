// an event and a slot that both sides own; the first answer fills the slot.
#include <aio/lab.hpp>
using namespace aio;

struct Sensor {
    void read(std::function<void(int value, std::string error)> cb);
};

struct Slot {
    Event filled;
    std::optional<int> value;
    std::string error = "";
};

Coro<int> read_async(Sensor& s) {
    const auto slot = std::make_shared<Slot>();
    s.read([slot](int value, std::string error) {
        if (!slot->filled.is_set()) {
            slot->value = value;
            slot->error = error;
            slot->filled.set();
        }
    });
    co_await slot->filled.wait();
    if (!slot->error.empty()) {
        throw Error(slot->error);
    }
    co_return *slot->value;
}
