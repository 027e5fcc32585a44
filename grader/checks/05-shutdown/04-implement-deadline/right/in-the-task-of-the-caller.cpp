// No task for the work: the card cancels the caller, and the request is taken back.
#include <aio/lab.hpp>
using namespace aio;

template <class T> Coro<T> with_deadline(Coro<T> work, ms d) {
    const AnyTask me = current_task();
    bool late = false;
    TimerHandle card = get_running_loop().call_later(d, [&late, me, before = me.cancelling()] {
        late = me.cancelling() == before;
        if (late) {
            me.cancel();
        }
    });
    std::optional<T> result;
    std::exception_ptr thrown;
    try {
        result = co_await work;
    } catch (...) {
        thrown = std::current_exception();
    }
    card.cancel();
    if (late) {
        me.uncancel();
        throw TimeoutError();
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    co_return *result;
}
