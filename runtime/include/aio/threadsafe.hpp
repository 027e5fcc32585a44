// threadsafe.hpp: a thread asks a loop to run a coroutine, and waits for its result.
//
// The way back from a worker: its job may not touch the loop, but it may leave a coroutine there.
//
// Floor 8.
#pragma once

#include "aio/task.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace aio {

namespace detail {

/// What a waiting thread and a loop's thread share.
///
/// Invariant: `ended` goes from false to true once, under the mutex; what belongs to it is written
/// before, by whoever wins, and not changed after.
class ThreadsafeBase : public std::enable_shared_from_this<ThreadsafeBase> {
public:
    explicit ThreadsafeBase(EventLoop& loop);
    ~ThreadsafeBase();
    bool done();
    bool end(std::exception_ptr with); ///< Returns: false if it has ended already.
    bool cancel();
    void wait(std::optional<duration> limit); ///< Throws: as ThreadsafeFuture::get(); the error.

    TaskBase* task = nullptr; ///< while it runs; only the loop's thread looks

protected:
    std::mutex mutex_;
    std::exception_ptr error_;
    bool ended_ = false;
    void ring_all();

private:
    std::uint64_t loop_;
    Clock& clock_;
    std::vector<std::shared_ptr<ThreadBell>> bells_;
};

template <class T> class ThreadsafeState final : public ThreadsafeBase {
public:
    using ThreadsafeBase::ThreadsafeBase;
    std::optional<Stored<T>> value;

    void end_as(FutureState<T>& result) {
        task = nullptr;
        if (result.status != FutureStatus::finished) {
            end(result.error_or_cancelled());
            return;
        }
        const std::lock_guard lock(mutex_);
        if (!ended_) {
            value = std::move(result.value);
            ended_ = true;
            ring_all();
        }
    }
};

/// Ends what was not ended when a loop drops its callbacks.
template <class State> struct EndsAtLast {
    std::shared_ptr<State> state;

    explicit EndsAtLast(std::shared_ptr<State> s) : state(std::move(s)) {}
    EndsAtLast(EndsAtLast&&) noexcept = default;
    EndsAtLast& operator=(EndsAtLast&&) = delete;
    ~EndsAtLast() {
        if (state != nullptr) {
            state->end(std::make_exception_ptr(Error("the loop ended before the coroutine did")));
        }
    }
};

} // namespace detail

/// The result of a coroutine that runs on a loop, for other threads. Copies name the same result.
///
/// See: concurrent.futures.Future, as asyncio.run_coroutine_threadsafe returns it.
template <class T> class ThreadsafeFuture {
public:
    explicit ThreadsafeFuture(std::shared_ptr<detail::ThreadsafeState<T>> state)
        : state_(std::move(state)) {}

    /// Waits, for at most `limit` on the loop's clock. Returns: a copy of the result; one that
    /// cannot be copied goes to who asks first. Throws: the coroutine's error; CancelledError;
    /// TimeoutError; Error if the loop ended before, or runs on this very thread; DeadlockError on
    /// a virtual clock when nothing can happen any more.
    T get(std::optional<duration> limit = std::nullopt) const {
        state_->wait(limit);
        if constexpr (std::is_copy_constructible_v<detail::Stored<T>>) {
            return static_cast<T>(*state_->value);
        } else {
            return std::move(*state_->value);
        }
    }

    /// Ends it as cancelled at once, and asks the coroutine to stop. Returns: false if it has
    /// ended.
    bool cancel() const { return state_->cancel(); }
    bool done() const { return state_->done(); }

private:
    std::shared_ptr<detail::ThreadsafeState<T>> state_;
};

/// Makes `coro` a task of `loop`, from any other thread.
///
/// Throws: Error if the loop is closed. See: asyncio.run_coroutine_threadsafe.
template <class T> ThreadsafeFuture<T> run_coroutine_threadsafe(Coro<T> coro, EventLoop& loop) {
    const auto state = std::make_shared<detail::ThreadsafeState<T>>(loop);
    auto begin = [ends = detail::EndsAtLast(state), coro = std::move(coro), &loop]() mutable {
        const auto shared = ends.state;
        const Task<T> task = loop.create_task(std::move(coro));
        shared->task = static_cast<detail::TaskState<T>*>(&task.state());
        task.add_done_callback([ends = std::move(ends)](const Future<T>& result) {
            ends.state->end_as(result.state());
        });
        if (shared->done()) { // cancelled before it began
            task.cancel();
        }
    };
    loop.call_soon_threadsafe(std::move(begin));
    return ThreadsafeFuture<T>(state);
}

} // namespace aio
