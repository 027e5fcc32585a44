// expect: crashed M53 — the card is still there, and the flag that it points to is not
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    bool fired = false;
    Task<T> job = create_task(std::move(work));
    get_running_loop().call_later(d, [&] {
        fired = true;
        job.cancel();
    });
    try {
        T result = co_await job;
        if (!fired) {
            co_return result;
        }
    } catch (const CancelledError&) {
        if (!fired) {
            throw;
        }
    }
    throw TimeoutError();
}
