// expect: wrong-content error-lost — whatever goes wrong is told as a timeout
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    const Task<T> task = create_task(std::move(work));
    const TimerHandle timer = get_running_loop().call_later(d, [task] { task.cancel(); });
    std::optional<T> result;
    bool cancelled_by_the_guest = false;
    try {
        result = co_await task;
    } catch (...) {
        cancelled_by_the_guest = current_task().cancelling() > 0;
    }
    TimerHandle(timer).cancel();
    if (cancelled_by_the_guest) {
        throw CancelledError();
    }
    if (!result || get_running_loop().time() >= timer.when()) {
        throw TimeoutError();
    }
    co_return *result;
}
