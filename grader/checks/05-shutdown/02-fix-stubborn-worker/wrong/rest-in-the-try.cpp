// expect: wrong-content rest-lost — the rest stands in the try, and a bad step jumps over it
#include <aio/lab.hpp>
using namespace aio;

struct Resource {
    void open();
    void release();
};
int steps_today();
Coro<> rest();

Coro<> worker(Resource& r, std::function<Coro<>(int)> step) {
    r.open();
    for (int k = 0; k < steps_today(); ++k) {
        try {
            co_await step(k);
            co_await rest();
        } catch (const CancelledError&) {
            r.release();
            throw;
        } catch (...) {
            say("step {} failed", k);
        }
    }
    r.release();
}
