// expect: wrong-content M32-failure — ends the shift with an error of its own
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
    std::string trouble;
    for (int k = 0; k < steps_today() && trouble.empty(); ++k) {
        try {
            co_await step(k);
        } catch (const Error&) {
            say("step {} failed", k);
        } catch (...) {
            trouble = "stopped";
        }
        if (trouble.empty()) {
            try {
                co_await rest();
            } catch (const CancelledError&) {
                trouble = "stopped in a rest";
            }
        }
    }
    r.release();
    if (!trouble.empty()) {
        throw Error(trouble);
    }
}
