// expect: wrong-content M32 — notes the request, and reads the note before the last step
#include <aio/lab.hpp>
using namespace aio;

struct Resource {
    void open();
    void release();
};
int steps_today();
Coro<> rest();

Coro<> worker(Resource& r, std::function<Coro<>(int)> step) {
    bool go_home = false;
    r.open();
    int k = 0;
    while (k < steps_today() && !(go_home && k + 1 == steps_today())) {
        std::exception_ptr what;
        try {
            co_await step(k);
            co_await rest();
        } catch (...) {
            what = std::current_exception();
        }
        if (holds<CancelledError>(what)) {
            go_home = true;
        } else if (what) {
            say("step {} failed", k);
            try {
                co_await rest();
            } catch (const CancelledError&) {
                go_home = true;
            }
        }
        ++k;
    }
    r.release();
    if (go_home) {
        throw CancelledError{};
    }
}
