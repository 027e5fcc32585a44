// Without a destructor: whatever leaves the loop is kept, and thrown on behind the release.
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
    std::exception_ptr why;
    try {
        for (int k = 0; k < steps_today(); ++k) {
            try {
                co_await step(k);
            } catch (const Error&) {
                say("step {} failed", k);
            }
            co_await rest();
        }
    } catch (...) {
        why = std::current_exception();
    }
    r.release();
    if (why) {
        std::rethrow_exception(why);
    }
}
