// sleep.cpp: a timer that completes a future.
#include "aio/sleep.hpp"

namespace aio {
namespace detail {

Callback completing(Future<void> future) {
    return [future = std::move(future)] {
        if (!future.done()) {
            future.set_result();
        }
    };
}

Alarm::Alarm(duration limit, const char* what)
    : rung_(Ref(new FutureState<void>(get_running_loop(), what))),
      timer_(get_running_loop().call_later(limit, completing(rung_))) {}

namespace {

Coro<> sleep(Yield others_first) { co_await others_first; }

Coro<> sleep(duration span) {
    const Alarm alarm(span, "a timer: sleep");
    co_await alarm.rung();
}

} // namespace
} // namespace detail

Coro<> sleep(duration span) {
    return span > duration::zero() ? detail::sleep(span) : detail::sleep(detail::Yield{});
}

} // namespace aio
