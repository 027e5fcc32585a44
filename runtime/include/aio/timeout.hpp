// timeout.hpp: a stretch of code that may not take longer than it is allowed.
//
// wait_for cancels another task; timeout runs the code in this task, and cancels *it*, so the code
// sees CancelledError at its own co_await, and what leaves the stretch is TimeoutError.
//
// Floor 6.
#pragma once

#include "aio/task.hpp"

#include <algorithm>

namespace aio {

/// A deadline that can be asked and moved while the code that it limits runs.
///
/// See: the object that asyncio.timeout gives.
class Timeout {
public:
    /// `when`: on the loop's time line; no limit without one.
    explicit Timeout(std::optional<time_point> when);
    Timeout(const Timeout&) = delete;
    Timeout& operator=(const Timeout&) = delete;

    /// Runs `body` in the calling task until the deadline. Requires: *this lives until it has
    /// ended. Throws: TimeoutError if the deadline was reached and the body ended by it; what the
    /// body throws; Error if it was run before.
    template <class T> Coro<T> run(Coro<T> body) {
        const Stretch stretch(*this);
        [[maybe_unused]] std::optional<detail::Stored<T>> value;
        std::exception_ptr error; // an error is thrown on below: not from inside a catch block
        try {
            if constexpr (std::is_void_v<T>) {
                co_await body;
            } else {
                value.emplace(co_await body);
            }
        } catch (...) {
            error = std::current_exception();
        }
        leave(error);
        if constexpr (!std::is_void_v<T>) {
            co_return *std::move(value);
        }
    }

    /// Moves the deadline; one that is past takes effect on the next turn. Throws: Error if the
    /// stretch does not run, or the deadline was reached.
    void reschedule(std::optional<time_point> when);
    std::optional<time_point> when() const noexcept { return when_; }
    /// Returns: whether the deadline was reached.
    bool expired() const noexcept { return expired_; }

private:
    struct Stretch { // disarms the timer also when the coroutine is destroyed
        Timeout& timeout;
        explicit Stretch(Timeout& t) : timeout(t) { timeout.enter(); }
        Stretch(const Stretch&) = delete;
        Stretch& operator=(const Stretch&) = delete;
        ~Stretch() { timeout.disarm(); }
    };
    void enter();
    void leave(const std::exception_ptr& error);
    void disarm() noexcept;
    void expire();

    std::optional<time_point> when_;
    std::optional<AnyTask> task_; ///< the one that runs the stretch
    int requests_before_ = 0;
    bool running_ = false;
    bool expired_ = false;
    Handle soon_;
    TimerHandle later_;
};

/// Runs `body` in the calling task for at most `limit`.
///
/// Throws: TimeoutError if the limit was reached and the body ended by it; what the body throws.
/// See: asyncio.timeout, which is a block there.
template <class T> Coro<T> timeout(duration limit, Coro<T> body) {
    Timeout deadline(get_running_loop().time() + std::clamp(limit, -longest_delay, longest_delay));
    co_return co_await deadline.run(std::move(body));
}

} // namespace aio
