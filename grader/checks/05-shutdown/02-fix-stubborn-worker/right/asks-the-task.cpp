// Catches everything, and asks its own task whether somebody wants it to stop.
#include <aio/lab.hpp>
using namespace aio;

struct Resource {
    void open();
    void release();
};
int steps_today();
Coro<> rest();

bool told_to_stop() { return current_task().cancelling() > 0; }

Coro<bool> survives(Coro<> work) {
    bool good = true;
    try {
        co_await work;
    } catch (...) {
        good = false;
    }
    co_return good;
}

Coro<> worker(Resource& r, std::function<Coro<>(int)> step) {
    r.open();
    for (int k = 0; k < steps_today() && !told_to_stop(); ++k) {
        const bool good = co_await survives(step(k));
        if (!good && !told_to_stop()) {
            say("step {} failed", k);
        }
        if (!told_to_stop()) {
            co_await survives(rest());
        }
    }
    r.release();
    if (told_to_stop()) {
        throw CancelledError{};
    }
}
