// timeout.hpp: a stretch of code that may not take longer than it is allowed.
//
// wait_for cancels another task; timeout runs the code in this task, and cancels *it*, so the code
// sees CancelledError at its own co_await, and what leaves the stretch is TimeoutError.
//
// Floor 6.
#pragma once

#include "aio/task.hpp"

namespace aio {

namespace detail {
/// Cancels the current task at the deadline, unless it is destroyed before.
class Timeout {
public:
    explicit Timeout(duration limit);
    ~Timeout() { timer_.cancel(); }
    Timeout(const Timeout&) = delete;
    Timeout& operator=(const Timeout&) = delete;

    /// The stretch ended with CancelledError. Returns: true if that was this timeout's doing, and
    /// nobody else's.
    bool caused_cancellation();

private:
    AnyTask task_;
    int requests_before_;
    bool expired_ = false;
    TimerHandle timer_;
};
} // namespace detail

/// Runs `body` in the calling task for at most `limit`.
///
/// Throws: TimeoutError if the limit was reached and the body ended by it; what the body throws.
/// See: asyncio.timeout, which is a block there.
template <class T> Coro<T> timeout(duration limit, Coro<T> body) {
    detail::Timeout deadline(limit);
    std::exception_ptr
        cancelled; // no co_await below, but a throw from a catch block would hide what is thrown
    try {
        co_return co_await body;
    } catch (const CancelledError&) {
        cancelled = std::current_exception();
    }
    if (deadline.caused_cancellation()) {
        throw TimeoutError();
    }
    std::rethrow_exception(cancelled);
}

} // namespace aio
