// expect: wrong-content M53 — all is right, but nobody takes the card out
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    auto task = create_task(std::move(work));
    auto late = std::make_shared<bool>(false);
    get_running_loop().call_later(d, [late, task] {
        *late = true;
        task.cancel();
    });
    std::exception_ptr error;
    try {
        co_await task;
    } catch (...) {
        error = std::current_exception();
    }
    if (*late) {
        throw TimeoutError();
    }
    if (error) {
        std::rethrow_exception(error);
    }
    co_return task.result();
}
