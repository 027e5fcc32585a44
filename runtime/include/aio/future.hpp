// future.hpp: a result that is not there yet, and who wants to be told.
//
// Completing a future runs nothing: it appends its listeners to the loop's ready queue, in the
// order in which they were added (rule R4). That is why "set the result" and "what happens then"
// never nest.
//
// Floor 4.
#pragma once

#include "aio/callback.hpp"
#include "aio/contract.hpp"
#include "aio/error.hpp"
#include "aio/event_loop.hpp"
#include "aio/recycled.hpp"

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace aio {

/// The value of what returns nothing, where a value is needed: in tuples and vectors of results.
struct Unit {
    friend bool operator==(Unit, Unit) = default;
};

namespace detail {

template <class T> using Stored = std::conditional_t<std::is_void_v<T>, Unit, T>;

/// A counted reference to a future's state. The count is no atomic: a future stays on its loop's
/// thread.
template <class State> class Ref {
public:
    Ref() noexcept = default;
    explicit Ref(State* state) noexcept : state_(state) { retain(); }
    Ref(const Ref& other) noexcept : state_(other.state_) { retain(); }
    Ref(Ref&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
    template <class Derived>
        requires std::is_convertible_v<Derived*, State*>
    Ref(const Ref<Derived>& other) noexcept : state_(other.get()) {
        retain();
    } // NOLINT(google-explicit-constructor)
    Ref& operator=(Ref other) noexcept {
        std::swap(state_, other.state_);
        return *this;
    }
    ~Ref() {
        if (state_ != nullptr && --state_->references == 0) {
            delete state_;
        }
    }
    State* get() const noexcept { return state_; }
    State* operator->() const noexcept { return state_; }
    State& operator*() const noexcept { return *state_; }
    explicit operator bool() const noexcept { return state_ != nullptr; }

private:
    void retain() noexcept {
        if (state_ != nullptr) {
            ++state_->references;
        }
    }
    State* state_ = nullptr;
};

class FutureBase;

/// Somebody who wants to be told when a future is done: a link in the future's list.
struct Listener {
    Listener* previous = nullptr;
    Listener* next = nullptr;
    virtual ~Listener() = default;
    /// Puts what is to be done into the loop's ready queue. May delete itself.
    virtual void future_done(FutureBase& future, EventLoop& loop) = 0;
};

enum class FutureStatus : std::uint8_t { pending, finished, failed, cancelled };

/// What all futures share, whatever their value.
///
/// Invariant: listeners exist only while pending; `error` is set when failed, and in a task that
/// CancelledError has ended, until somebody asks for that very error.
class FutureBase : public Recycled {
public:
    explicit FutureBase(EventLoop& loop, const char* what = "future");
    FutureBase(const FutureBase&) = delete;
    FutureBase& operator=(const FutureBase&) = delete;
    virtual ~FutureBase();

    bool done() const noexcept { return status != FutureStatus::pending; }
    EventLoop& loop() const; ///< Throws: Error if the loop is gone.
    std::uint64_t loop_id() const noexcept { return loop_; }
    /// Throws: ValueError unless it belongs to the loop with that number.
    void refuse_other_loop(std::uint64_t loop) const;

    /// Ends it as cancelled, or asks a task to end. Returns: false if it is done already.
    virtual bool cancel(std::string message);
    /// Returns: a phrase for reports, such as "future 3" or "task 'A'".
    virtual std::string name() const;

    void set_exception(std::exception_ptr e);
    void complete(
        FutureStatus ended);      ///< Effects: status, then every listener is queued, in order.
    void throw_unless_finished(); ///< Throws: the error, CancelledError, or InvalidStateError while
                                  ///< pending.
    std::exception_ptr error_or_cancelled();
    std::exception_ptr make_cancelled(); ///< Returns: the CancelledError that readers get.
    bool ended_by_cancel() const;        ///< Returns: whether its error is CancelledError.

    void add_listener(Listener& listener);
    void remove_listener(Listener& listener) noexcept;
    std::uint64_t add_callback(Callback callback);
    bool remove_callback(std::uint64_t id);
    void forget_callbacks() noexcept; ///< a closed loop calls nobody: frees what they keep alive

    std::uint32_t references = 0;
    FutureStatus status = FutureStatus::pending;
    bool retrieved = false; ///< somebody has asked for the error
    const char* what;
    std::uint64_t id;
    std::exception_ptr error;

    std::string cancel_message() const { return message_ != nullptr ? *message_ : std::string(); }
    void set_cancel_message(std::string message);

private:
    std::uint64_t loop_;
    std::unique_ptr<std::string> message_; ///< few futures are cancelled, fewer with a message
    std::uint64_t last_callback_ = 0;
    Listener* first_ = nullptr;
    Listener* last_ = nullptr;
};

template <class T> class FutureState : public FutureBase {
public:
    using FutureBase::FutureBase;
    std::optional<Stored<T>> value;

    void set_result(Stored<T> result) {
        if (done()) {
            throw InvalidStateError("the future is done already");
        }
        value.emplace(std::move(result));
        complete(FutureStatus::finished);
    }

    /// Copies the value out, since others may ask too; one that cannot be copied goes to who asks
    /// first.
    T take() {
        throw_unless_finished();
        if constexpr (std::is_void_v<T>) {
            return;
        } else if constexpr (std::is_copy_constructible_v<T>) {
            return *value;
        } else {
            return std::move(*value);
        }
    }
};

} // namespace detail

/// A handle on a result that may not be there yet; copies name the same future.
///
/// See: asyncio.Future.
template <class T> class Future {
public:
    Future() noexcept = default;
    explicit Future(detail::Ref<detail::FutureState<T>> state) noexcept
        : state_(std::move(state)) {}

    bool done() const { return state().done(); }
    bool cancelled() const { return state().status == detail::FutureStatus::cancelled; }

    /// Returns: the value. Throws: the error; CancelledError; InvalidStateError while it is not
    /// done.
    T result() const { return state().take(); }
    /// Returns: the error, or null. Throws: CancelledError if cancelled; InvalidStateError while
    /// not done.
    std::exception_ptr exception() const {
        if (state().status != detail::FutureStatus::failed) {
            state().throw_unless_finished();
        }
        state().retrieved = true;
        return state().error;
    }

    /// Completes the future; its listeners run on later turns. Throws: InvalidStateError if it is
    /// done.
    template <class... Value> void set_result(Value&&... value) const {
        state().set_result(detail::Stored<T>(std::forward<Value>(value)...));
    }
    template <class E> void set_exception(E e) const {
        static_assert(!std::is_convertible_v<E, std::string_view>,
                      "an exception is an object: set_exception(Error(text))");
        if constexpr (std::is_same_v<E, std::exception_ptr>) {
            state().set_exception(std::move(e));
        } else {
            state().set_exception(std::make_exception_ptr(std::move(e)));
        }
    }

    /// A request (R10): a future ends at once as cancelled, a task gets CancelledError on a later
    /// turn. Returns: false if it is done already.
    bool cancel(std::string message = {}) const { return state().cancel(std::move(message)); }

    /// Calls `callback`, with this future or without, through the ready queue when it is done; if
    /// it is done already, on the next turn. Returns: a number for remove_done_callback().
    template <class F> std::uint64_t add_done_callback(F callback) const {
        if constexpr (std::is_invocable_v<F&, Future<T>>) {
            return state().add_callback(
                [self = state_.get(), callback = std::move(callback)]() mutable {
                    callback(Future<T>(
                        detail::Ref<detail::FutureState<T>>(self))); // the queue keeps `self` alive
                });
        } else {
            return state().add_callback(std::move(callback));
        }
    }
    bool remove_done_callback(std::uint64_t id) const { return state().remove_callback(id); }

    /// Requires: names a future. For the runtime and its tests.
    detail::FutureState<T>& state() const {
        AIO_EXPECTS(state_);
        return *state_;
    }
    const detail::Ref<detail::FutureState<T>>& ref() const noexcept { return state_; }
    explicit operator bool() const noexcept { return static_cast<bool>(state_); }
    friend bool operator==(const Future& a, const Future& b) noexcept {
        return a.state_.get() == b.state_.get();
    }

private:
    detail::Ref<detail::FutureState<T>> state_;
};

template <class T> Future<T> EventLoop::create_future() {
    return Future<T>(detail::Ref(new detail::FutureState<T>(*this)));
}

} // namespace aio
