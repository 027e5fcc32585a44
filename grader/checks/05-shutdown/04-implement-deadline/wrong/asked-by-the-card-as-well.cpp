// expect: wrong-content M35-card — the card rings in the clean-up that the guest's cancel began
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    Task<T> task = create_task(std::move(work));
    auto late = std::make_shared<bool>(false);
    auto timer = get_running_loop().call_later(d, [late, task] {
        if (!task.done()) {
            *late = true;
            task.cancel();
        }
    });
    std::exception_ptr error;
    std::optional<T> result;
    try {
        result = co_await task;
    } catch (...) {
        error = std::current_exception();
    }
    timer.cancel();
    if (*late) {
        throw TimeoutError();
    }
    if (error) {
        std::rethrow_exception(error);
    }
    co_return *result;
}
