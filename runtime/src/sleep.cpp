// sleep.cpp: a timer that completes a future.
#include "aio/sleep.hpp"

namespace aio {

namespace detail {
namespace {

Coro<> sleep(Yield others_first) { co_await others_first; }

Coro<> sleep(duration span) {
    EventLoop& loop = get_running_loop();
    const Ref alarm(new FutureState<void>(loop, "a timer: sleep"));
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

} // namespace
} // namespace detail

Coro<> sleep(duration span) {
    return span > duration::zero() ? detail::sleep(span) : detail::sleep(detail::Yield{});
}

} // namespace aio
