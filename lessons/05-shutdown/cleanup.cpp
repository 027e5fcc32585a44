// cleanup.cpp: a clean-up may take time, and who has cancelled waits for it.
#include <aio/lab.hpp>
using namespace aio;

Coro<> waiter(std::string name, ms dishes) {
    std::exception_ptr ended_by;
    try {
        co_await sleep(1h); // waits for guests
    } catch (...) {
        ended_by = std::current_exception(); // no co_await in here: C++ forbids it
    }
    say("{} {}, cleaning", name,
        holds<CancelledError>(ended_by) ? "cancelled" : "done");
    co_await sleep(dishes);
    say("{} clean", name);
    if (ended_by != nullptr) {
        std::rethrow_exception(ended_by); // pass it on
    }
}

Coro<> async_main() {
    Task<> a = create_task(waiter("A", 200ms), "A");
    Task<> b = create_task(waiter("B", 100ms), "B");
    co_await sleep(1s);
    a.cancel();
    b.cancel();
    say("cancel requested");
    co_await gather_settled(a, b);
    say("all home");
}

int main() { run(async_main()); }
