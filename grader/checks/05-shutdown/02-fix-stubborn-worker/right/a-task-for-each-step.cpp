// Each step is a task, and its outcome is looked at as a value.
#include <aio/lab.hpp>
using namespace aio;

struct Resource {
    void open();
    void release();
};
int steps_today();
Coro<> rest();

Coro<bool> washed(std::function<Coro<>(int)>& step, int k) {
    auto task = create_task(step(k));
    const auto outcomes = co_await gather_settled(std::vector<Task<>>(1, task));
    co_return outcomes.front().ok();
}

Coro<> worker(Resource& r, std::function<Coro<>(int)> step) {
    struct Open {
        Resource& tap;
        explicit Open(Resource& resource) : tap(resource) { tap.open(); }
        Open(const Open&) = delete;
        ~Open() { tap.release(); }
    } const open(r);
    for (int k = 0; k < steps_today(); ++k) {
        const bool good = co_await washed(step, k);
        if (current_task().cancelling() > 0) {
            throw CancelledError{};
        }
        if (!good) {
            say("step {} failed", k);
        }
        co_await rest();
    }
}
