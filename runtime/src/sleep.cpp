// sleep.cpp: a timer that completes a future.
#include "aio/sleep.hpp"

namespace aio {

Coro<> sleep(duration span) {
    if (span <= duration::zero()) {
        co_await detail::Yield{};
        co_return;
    }
    EventLoop& loop = get_running_loop();
    const detail::Ref alarm(new detail::FutureState<void>(loop, "a timer: sleep"));
    struct CancelOnExit { // a sleep that is cancelled leaves no timer behind
        TimerHandle timer;
        ~CancelOnExit() { timer.cancel(); }
    } const cleanup{loop.call_later(span, [alarm] {
        if (!alarm->done()) {
            alarm->set_result({});
        }
    })};
    co_await Future<void>(alarm);
}

} // namespace aio
