// sleep.hpp: wait for time to pass, and let the others have the loop meanwhile.
//
// Floor 6.
#pragma once

#include "aio/task.hpp"

namespace aio {

/// Suspends the calling coroutine until `span` has passed; the rest of the program goes on.
///
/// A span of zero or less only lets everything that is ready run first. Throws: CancelledError if
/// the task is cancelled meanwhile; its timer is then gone. See: asyncio.sleep; `block_for` stops
/// the loop.
Coro<> sleep(duration span);

namespace detail {

/// Returns: a callback that completes `future`, unless it is done: whoever comes first counts.
Callback completing(Future<void> future);

/// A private future that a timer completes, or something else before; the timer ends with it.
class Alarm {
public:
    explicit Alarm(duration limit, const char* what = "future");
    ~Alarm() { timer_.cancel(); }
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;
    const Future<void>& rung() const noexcept { return rung_; }

private:
    Future<void> rung_;
    TimerHandle timer_;
};

} // namespace detail

} // namespace aio
