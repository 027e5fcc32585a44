// expect: wrong-content M13-tie — a task that sleeps for d, and is made after the work
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<> watch(Task<T> task, ms d, bool& late) {
    co_await sleep(d);
    late = true;
    task.cancel();
}

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    bool late = false;
    Task<T> task = create_task(std::move(work));
    Task<> watchman = create_task(watch(task, d, late));
    std::exception_ptr thrown;
    try {
        co_await task;
    } catch (...) {
        thrown = std::current_exception();
    }
    watchman.cancel();
    co_await gather_settled(watchman);
    if (late) {
        throw TimeoutError();
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    co_return task.result();
}
