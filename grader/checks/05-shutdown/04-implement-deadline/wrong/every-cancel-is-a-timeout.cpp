// expect: wrong-content M32 — the guest's own cancel is told as a timeout
#include <aio/lab.hpp>
using namespace aio;

struct Card {
    TimerHandle handle;
    ~Card() { handle.cancel(); }
};

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    Task<T> task = create_task(std::move(work));
    bool late = false;
    Card card{get_running_loop().call_later(d, [&late, task] {
        late = true;
        task.cancel();
    })};
    std::optional<T> result;
    try {
        result = co_await task;
    } catch (const CancelledError&) {
        throw TimeoutError();
    }
    if (late) {
        throw TimeoutError();
    }
    co_return *result;
}
