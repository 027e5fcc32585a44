// expect: wrong-content M32-quiet — ends the loop at a cancel and returns as if the shift were over
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
    try {
        for (int k = 0; k < steps_today(); ++k) {
            try {
                co_await step(k);
            } catch (const std::exception&) {
                say("step {} failed", k);
            }
            co_await rest();
        }
    } catch (const CancelledError&) {
        // the shift is over
    }
    r.release();
}
