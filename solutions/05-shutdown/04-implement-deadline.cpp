// 05-shutdown/04 implement-deadline, solved: a task, a card that cancels it, and a
// flag.
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

    // 3 one wait for all ends. It lasts until the work has cleaned up, whoever asked it
    //   to end: a cancel of the caller goes to what it waits for, and that is the task.
    //   What was caught is kept, not dropped: it may be meant for the caller.
    std::exception_ptr thrown;
    try {
        co_await task;
    } catch (...) {
        thrown = std::current_exception();
    }

    // 4 the card goes in each case: it points to a flag that ends with this function.
    alarm.cancel();

    // 5 the flag decides first: after the deadline nothing counts that the work did.
    if (late) {
        throw TimeoutError();
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    co_return task.result();
}
