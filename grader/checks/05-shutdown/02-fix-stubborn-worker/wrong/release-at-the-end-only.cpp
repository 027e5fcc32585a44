// expect: incomplete release-lost — lets the request through, past the release
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
        } catch (const std::exception&) {
            say("step {} failed", k);
        }
        co_await rest();
    }
    r.release();
}
