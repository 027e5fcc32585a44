// expect: incomplete M34 — protects the step from the cancel, and goes home without it
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

Coro<> worker(Resource& r, std::function<Coro<>(int)> step) {
    r.open();
    Closer closer{r};
    for (int k = 0; k < steps_today(); ++k) {
        try {
            co_await shield(step(k));
        } catch (const std::exception&) {
            say("step {} failed", k);
        }
        co_await rest();
    }
}
