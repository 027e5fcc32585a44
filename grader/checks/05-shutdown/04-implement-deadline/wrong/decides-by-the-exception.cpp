// expect: wrong-content late-result — what the work returns is taken, however late
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    Task<T> task = create_task(std::move(work));
    bool late = false;
    TimerHandle alarm = get_running_loop().call_later(d, [&late, task] {
        late = true;
        task.cancel();
    });
    std::exception_ptr error;
    T result{};
    try {
        result = co_await task;
    } catch (const CancelledError&) {
        error = late ? std::make_exception_ptr(TimeoutError()) : std::current_exception();
    } catch (...) {
        error = std::current_exception();
    }
    alarm.cancel();
    if (error) {
        std::rethrow_exception(error);
    }
    co_return result;
}
