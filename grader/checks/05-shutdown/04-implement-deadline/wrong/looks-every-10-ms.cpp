// expect: wrong-content M46-polls — looks at the work and at the clock every 10 ms
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    Task<T> task = create_task(std::move(work));
    std::exception_ptr cancelled;
    ms waited = 0ms;
    while (!task.done() && waited < d && !cancelled) {
        try {
            co_await sleep(10ms);
            waited += 10ms;
        } catch (const CancelledError&) {
            cancelled = std::current_exception();
        }
    }
    if (d == 0ms) {
        co_await sleep(0ms);
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
