// The card is in a guard, and asks nobody who was asked by the caller's cancel.
#include <aio/lab.hpp>
using namespace aio;

struct Card {
    TimerHandle timer;
    ~Card() { timer.cancel(); }
};

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    Task<T> task = create_task(std::move(work), "work");
    bool late = false;
    const AnyTask caller = current_task();
    const int requests = caller.cancelling();
    const Card card{get_running_loop().call_later(d, [&, caller, requests] {
        if (caller.cancelling() == requests) {
            late = true;
            task.cancel();
        }
    })};
    try {
        T result = co_await task;
        if (!late) {
            co_return result;
        }
    } catch (const CancelledError&) {
        if (!late) {
            throw;
        }
    }
    throw TimeoutError();
}
