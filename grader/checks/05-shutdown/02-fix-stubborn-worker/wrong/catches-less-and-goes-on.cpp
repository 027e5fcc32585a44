// expect: wrong-content M32 — leaves the request to a second catch, which goes on as well
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
        } catch (const Error&) {
            say("step {} failed", k);
        } catch (const CancelledError&) {
            continue;
        }
        co_await rest();
    }
    r.release();
}
