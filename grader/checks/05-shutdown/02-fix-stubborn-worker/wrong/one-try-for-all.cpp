// expect: wrong-content error-ends-the-shift — one try around the loop
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
    int k = 0;
    try {
        for (; k < steps_today(); ++k) {
            co_await step(k);
            co_await rest();
        }
    } catch (const CancelledError&) {
        r.release();
        throw;
    } catch (const std::exception&) {
        say("step {} failed", k);
    }
    r.release();
}
