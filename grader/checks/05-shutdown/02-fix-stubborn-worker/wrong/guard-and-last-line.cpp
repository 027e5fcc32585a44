// expect: wrong-content released-twice — releases in the destructor, and at the end as well
#include <aio/lab.hpp>
using namespace aio;

struct Resource {
    void open();
    void release();
};
int steps_today();
Coro<> rest();

struct Tap {
    Resource& r;
    explicit Tap(Resource& resource) : r(resource) { r.open(); }
    ~Tap() { r.release(); }
};

Coro<> worker(Resource& r, std::function<Coro<>(int)> step) {
    Tap tap(r);
    for (int k = 0; k < steps_today(); ++k) {
        try {
            co_await step(k);
        } catch (const CancelledError&) {
            throw;
        } catch (...) {
            say("step {} failed", k);
        }
        co_await rest();
    }
    r.release();
}
