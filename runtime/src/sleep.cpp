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

} // namespace detail

Coro<> sleep(duration span) {
    if (span <= duration::zero()) {
        co_await detail::Yield{};
        co_return;
    }
    const detail::Alarm alarm(span, "a timer: sleep");
    co_await alarm.rung();
}

} // namespace aio
