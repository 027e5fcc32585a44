// expect: wrong-content M20 — the card throws TimeoutError, to whoever serves it
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    struct Guard {
        TimerHandle timer;
        ~Guard() { timer.cancel(); }
    };
    Task<T> task = create_task(std::move(work));
    Guard guard{get_running_loop().call_later(d, [task] {
        task.cancel();
        throw TimeoutError();
    })};
    co_return co_await task;
}
