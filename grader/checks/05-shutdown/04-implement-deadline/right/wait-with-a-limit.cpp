// wait() has a limit of its own; it tells of a cancel, and the work does not hear of it.
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    const std::vector<Task<T>> one(1, create_task(std::move(work)));
    std::exception_ptr leaving;
    bool in_time = false;
    try {
        const Waited<Task<T>> seen = co_await wait(one, When::all_completed, d);
        in_time = seen.pending.empty();
    } catch (const CancelledError&) {
        leaving = std::current_exception();
    }
    if (in_time) {
        co_return one[0].result();
    }
    one[0].cancel();
    co_await wait(one);
    if (leaving) {
        std::rethrow_exception(leaving);
    }
    throw TimeoutError();
}
