// expect: wrong-content open-too-early — opens in a plain function, washes in a coroutine
#include <aio/lab.hpp>
using namespace aio;

struct Resource {
    void open();
    void release();
};
int steps_today();
Coro<> rest();

struct Closer {
    Resource& r;
    ~Closer() { r.release(); }
};

Coro<> wash(Resource& r, std::function<Coro<>(int)> step) {
    Closer closer{r};
    for (int k = 0; k < steps_today(); ++k) {
        try {
            co_await step(k);
        } catch (const Error&) {
            say("step {} failed", k);
        }
        co_await rest();
    }
}

Coro<> worker(Resource& r, std::function<Coro<>(int)> step) {
    r.open();
    return wash(r, std::move(step));
}
