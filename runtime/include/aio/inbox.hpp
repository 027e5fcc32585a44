// inbox.hpp: where other threads leave callbacks for a loop.
//
// A mutex and two queues: posts are built in the one, and the loop runs those of the other. When
// it has run them all, and something has come, it swaps the two. So the mutex is held for the time
// of one append, whatever the callbacks do, and a burst of posts costs the loop one swap.
//
// Who posts also learns whether the loop sleeps and must be woken. Waking is a call of the kernel,
// so only the first post that finds it asleep pays for it.
//
// Floor 2.
#pragma once

#include "aio/ready_queue.hpp"

#include <atomic>
#include <memory>
#include <mutex>

namespace aio::detail {

/// Callbacks on their way from any thread to one reader, first in, first out for each thread.
///
/// Invariant: while a post waits in `in_`, `has_news_` is set; and while `asleep_` is set, nothing
/// has come since, or its poster wakes the reader.
class Inbox {
public:
    enum class Posted {
        quietly, ///< the reader will look by itself
        ring,    ///< it sleeps: the caller, and nobody else, wakes it
        refused  ///< it takes no more
    };

    /// From any thread. `callable` is moved in place under the lock. Throws: std::bad_alloc, and
    /// what the move throws; nothing has come then. Complexity: as ReadyQueue::push().
    template <class F> Posted push(F&& callable) {
        const std::lock_guard lock(mutex_);
        if (closed_) {
            return Posted::refused;
        }
        if (in_ == nullptr) {
            open();
        }
        in_->push(std::forward<F>(callable));
        if (!has_news_.load(std::memory_order_relaxed)) { // written once for a burst: the reader
            has_news_.store(true);                        // may be looking at it
        }
        return ring();
    }
    /// From a signal's handler, which may not lock: the reader is to look around.
    Posted nudge() noexcept {
        has_news_.store(true);
        return ring();
    }

    // The reader's side: one thread.

    /// A look without locking.
    bool has_news() const noexcept { return has_news_.load(); }
    const std::atomic<bool>& news() const noexcept { return has_news_; }

    /// Takes what has come. Returns: how many run_next() may run now; 0 also while some of those
    /// taken before have not run.
    std::size_t take();
    /// Throws: what the callback throws; it is gone either way.
    void run_next() { taken_->run_next(); }

    /// From here on whoever posts gets Posted::ring. Returns: false if something has come before:
    /// do not sleep.
    bool fall_asleep();
    void wake_up() noexcept { asleep_.store(false, std::memory_order_relaxed); }

    /// Refuses posts from now on, and drops those that have not run.
    void close();

private:
    void open();
    /// One of those who come while the reader sleeps has to wake it.
    Posted ring() noexcept {
        return asleep_.load() && asleep_.exchange(false) ? Posted::ring : Posted::quietly;
    }

    std::mutex mutex_;
    bool closed_ = false;               ///< guarded by mutex_
    std::unique_ptr<ReadyQueue> in_;    ///< guarded by mutex_; null before the first post
    std::unique_ptr<ReadyQueue> taken_; ///< the reader's
    std::atomic<bool> has_news_ = false;
    std::atomic<bool> asleep_ = false;
};

} // namespace aio::detail
