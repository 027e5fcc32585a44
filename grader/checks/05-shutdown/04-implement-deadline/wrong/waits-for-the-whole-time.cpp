// expect: wrong-time M46 — sleeps for d, and then looks whether the work is done
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    Task<T> task = create_task(std::move(work));
    std::exception_ptr cancelled;
    try {
        co_await sleep(d);
    } catch (const CancelledError&) {
        cancelled = std::current_exception();
    }
    if (task.done()) {
        co_return task.result();
    }
    task.cancel();
    co_await gather_settled(task);
    if (cancelled) {
        std::rethrow_exception(cancelled);
    }
    throw TimeoutError();
}
