// error.hpp: what the runtime throws, under asyncio's names.
//
// Floor 0.
#pragma once

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace aio {

/// What asyncio raises as RuntimeError: a call at the wrong time, such as run() inside a running
/// loop.
struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A result was asked of a future that has none, or given to one that has.
struct InvalidStateError : Error {
    using Error::Error;
};

/// A wait took longer than it was allowed to.
struct TimeoutError : Error {
    TimeoutError() : Error("timed out") {}
};

/// An argument that makes no sense, or a give without a take: what Python calls ValueError.
struct ValueError : Error {
    using Error::Error;
};

/// get_nowait() met an empty queue.
struct QueueEmpty : Error {
    QueueEmpty() : Error("the queue is empty") {}
};

/// put_nowait() met a full queue.
struct QueueFull : Error {
    QueueFull() : Error("the queue is full") {}
};

/// A barrier was reset or aborted, so its party will never be complete.
struct BrokenBarrierError : Error {
    using Error::Error;
};

/// Nothing is ready, no timer is set, and nobody outside can change that: the loop would sleep for
/// ever.
struct DeadlockError : Error {
    using Error::Error;
};

/// The loop turned very often while its clock stood still.
struct RunawayError : Error {
    using Error::Error;
};

/// The request to stop, thrown at the co_await that it meets.
///
/// No std::exception, as asyncio's CancelledError is no Exception: `catch (const std::exception&)`
/// handles errors, and a request to stop is none.
class CancelledError {
public:
    CancelledError() = default;
    explicit CancelledError(std::string message) : message_(std::move(message)) {}

    /// Returns: what the caller of cancel() said, often nothing.
    const std::string& message() const noexcept { return message_; }

private:
    std::string message_;
};

/// The request to leave the program: it ends the loop at once, out of run_forever(), and what is
/// ready stays in the queue. No std::exception, as CancelledError is none.
struct SystemExit {
    int code = 0;
};

/// Ctrl-C has cancelled what run() ran. No std::exception, as CancelledError is none.
struct KeyboardInterrupt {};

/// Returns: whether `error` is an E.
template <class E> bool holds(const std::exception_ptr& error) noexcept {
    try {
        if (error != nullptr) {
            std::rethrow_exception(error);
        }
    } catch (const E&) {
        return true;
    } catch (...) { // something else
    }
    return false;
}

/// The errors of several children at once, in the order in which they happened.
struct ExceptionGroup : Error {
    ExceptionGroup(const std::string& what, std::vector<std::exception_ptr> list)
        : Error(what), errors(std::move(list)) {}
    std::vector<std::exception_ptr> errors;
};

/// Returns: the text of `error`, for reports: its what(), or "cancelled".
std::string describe(const std::exception_ptr& error);

} // namespace aio
