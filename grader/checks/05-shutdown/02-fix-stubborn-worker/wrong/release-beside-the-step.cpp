// expect: incomplete release-lost — releases where a step is cut, and forgets the rest
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
        } catch (const std::exception&) {
            say("step {} failed", k);
        }
        co_await rest();
    }
    r.release();
}
