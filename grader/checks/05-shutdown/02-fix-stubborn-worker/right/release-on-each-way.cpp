// Two catches, each with its release, and one at the end.
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
        } catch (const CancelledError&) {
            r.release();
            throw;
        } catch (...) {
            say("step {} failed", k);
        }
        try {
            co_await rest();
        } catch (...) {
            r.release();
            throw;
        }
    }
    r.release();
}
