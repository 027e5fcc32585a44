// expect: wrong-content never-started — with a deadline of 0 the work is cancelled before it begins
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    Task<T> task = create_task(std::move(work));
    bool late = d <= 0ms;
    TimerHandle alarm;
    if (late) {
        task.cancel();
    } else {
        alarm = get_running_loop().call_later(d, [&late, task] {
            late = true;
            task.cancel();
        });
    }
    std::exception_ptr thrown;
    try {
        co_await task;
    } catch (...) {
        thrown = std::current_exception();
    }
    alarm.cancel();
    if (late) {
        throw TimeoutError();
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    co_return task.result();
}
