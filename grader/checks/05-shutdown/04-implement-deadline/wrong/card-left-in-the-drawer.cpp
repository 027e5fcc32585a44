// expect: wrong-content M53 — the card is taken out after a result only
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    struct Shared {
        bool late = false;
    };
    auto shared = std::make_shared<Shared>();
    Task<T> job = create_task(std::move(work));
    const AnyTask me = current_task();
    TimerHandle card = get_running_loop().call_later(d, [shared, job, me] {
        if (me.cancelling() == 0) {
            shared->late = true;
            job.cancel();
        }
    });
    try {
        T result = co_await job;
        card.cancel();
        if (!shared->late) {
            co_return result;
        }
    } catch (const CancelledError&) {
        if (!shared->late) {
            throw;
        }
    }
    throw TimeoutError();
}
