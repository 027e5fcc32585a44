// expect: wrong-content M32-failure — rethrows, but reports the cut step as a bad one first
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
            co_await step(k);
        } catch (...) {
            say("step {} failed", k);
            if (holds<CancelledError>(std::current_exception())) {
                throw;
            }
        }
        co_await rest();
    }
}
