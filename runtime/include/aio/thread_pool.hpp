// thread_pool.hpp: a number of threads that take jobs, first come, first served.
//
// A job goes one way and its outcome comes back: the loop hands it in, a worker runs it, a post
// brings the outcome to the loop's thread. Futures never leave that thread. On the virtual clock a
// job has a seat, so jobs and loops run one at a time, in an order that no scheduler can change
// (R9); on the real clock they run side by side.
//
// Floor 8.
#pragma once

#include "aio/job.hpp"

#include <functional>
#include <memory>
#include <string_view>

namespace aio {

namespace detail {

/// Takes a job that has ended, or was dropped, back to its loop's thread; it ends there, or here if
/// the loop is gone.
void post_outcome(std::unique_ptr<Job> job);

/// What a pool and its threads share: who works, and who waits. See thread_pool.cpp.
class PoolState {
public:
    virtual ~PoolState() = default;
    virtual void submit(std::unique_ptr<Job> job) = 0; ///< Throws: Error after shutdown().
    /// Removes a job that has not begun. Returns: whether there was one.
    virtual bool cancel(std::uint64_t loop, std::uint64_t number) = 0;
    virtual void shutdown(bool wait, bool cancel_futures) = 0;
    virtual void detach() = 0; ///< what still runs is left to itself
    /// Calls `then`, on some thread, as soon as no job runs or waits.
    virtual void when_idle(Callback then) = 0;
};

/// Returns: the running worker's place in its pool, from 0. Requires: a worker's thread.
std::size_t current_worker_index() noexcept;

/// Called before a pool's first thread starts, while forking is still safe; or null.
inline void (*before_first_thread)() noexcept = nullptr;

} // namespace detail

/// Threads that run what would block a loop: see EventLoop::run_in_executor().
///
/// A thread starts when a job finds no free one. Not to be destroyed by a job of its own.
/// See: concurrent.futures.ThreadPoolExecutor.
class ThreadPool {
public:
    /// As many as asyncio allows itself on a large machine: jobs mostly wait. A number that
    /// depended on the machine would make transcripts depend on it.
    static constexpr std::size_t default_workers = 32;

    /// Throws: Error if `workers` is 0.
    explicit ThreadPool(std::size_t workers = default_workers);
    /// As shutdown(): waits for the jobs. After shutdown(false) it does not, and what still runs
    /// at the end of the program is cut off.
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    /// Refuses new jobs. Jobs that wait for a worker still run, unless `cancel_futures` drops them
    /// and cancels their futures. With `wait` it returns when all have ended; a loop that calls it
    /// is blocked meanwhile. Calling it twice is fine. Throws: Error in a job of this pool, which
    /// would wait for itself.
    void shutdown(bool wait = true, bool cancel_futures = false);

    // For run_in_executor(): the call as its job makes it, and where jobs go.
    template <class R, class F, class... Arguments> static auto bind(F f, Arguments... arguments) {
        return [f = std::move(f), ... arguments = std::move(arguments)]() mutable -> R {
            return std::invoke(std::move(f), std::move(arguments)...);
        };
    }
    const std::shared_ptr<detail::PoolState>& state() const noexcept { return state_; }

private:
    friend class ProcessPool;
    ThreadPool(const char* kind, std::size_t workers);

    std::shared_ptr<detail::PoolState> state_;
    bool wait_at_end_ = true;
};

/// Returns: "worker-1", "worker-2" … on a thread that runs a pool's jobs, "" on others.
std::string_view current_worker() noexcept;

} // namespace aio
