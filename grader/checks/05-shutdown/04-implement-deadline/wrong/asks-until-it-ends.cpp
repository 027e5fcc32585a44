// expect: incomplete M35 — cancels again and again, also in the middle of the clean-up
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    std::vector<Task<T>> task(1, create_task(std::move(work)));
    std::exception_ptr t;
    try {
        co_await wait(task, When::all_completed, d);
    } catch (const CancelledError&) {
        t = std::current_exception();
    }
    if (!t && task[0].done()) {
        co_return task[0].result();
    }
    while (!task[0].done()) {
        task[0].cancel();
        co_await sleep(0ms);
    }
    if (t) {
        std::rethrow_exception(t);
    }
    throw TimeoutError();
}
