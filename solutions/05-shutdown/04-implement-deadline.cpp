// 05-shutdown/04 implement-deadline, solved: a task, a card that cancels it, a flag,
// and a wait that cancels nobody.
#include <aio/lab.hpp>
using namespace aio;

/// Returns: the result of `work`. Throws: TimeoutError if it took `d` or longer; what
/// the work throws before; CancelledError if the caller is cancelled. In each case the
/// work has ended by then.
template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    // 1 the work becomes a task: something that has a handle, by which it is cancelled.
    const Task<T> task = create_task(std::move(work));

    // 2 the card of the deadline. It is filed now, before the first step of the work
    //   files anything, so it wins every tie (R7). The flag says that it was served.
    bool late = false;
    TimerHandle alarm = get_running_loop().call_later(d, [&late, task] {
        late = true;
        task.cancel();
    });

    // 3 one wait for all ends. wait() cancels nobody: if the caller is cancelled, that
    //   comes out here at once, and the work does not know of it yet.
    const std::vector<Task<T>> one(1, task);
    std::exception_ptr leaving;
    try {
        co_await wait(one);
    } catch (const CancelledError&) {
        leaving = std::current_exception();
    }

    // 4 the card goes in each case: it points to a flag that ends with this function.
    //   And it goes before the work is asked by anybody else, or it would ask a second
    //   time, in the middle of the clean-up (R10).
    alarm.cancel();
    if (leaving) {
        if (!late) {
            task.cancel();
        }
        co_await wait(one);
        std::rethrow_exception(leaving);
    }

    // 5 the flag comes before the result: after the deadline nothing counts that the
    //   work did. Otherwise the task has what it returned, or what it threw.
    if (late) {
        throw TimeoutError();
    }
    co_return task.result();
}
