// waiting_line.hpp: tasks that stand in line at one object, first come, first served.
//
// Locks, events, semaphores and queues differ in when they let somebody pass. What they share is
// here: each waiter has a future of its own, and stands in a list until it has run again, so that
// who is woken and then cancelled can still pass its turn on.
//
// Floor 7.
#pragma once

#include "aio/task.hpp"

#include <functional>
#include <list>
#include <string>

namespace aio::detail {

/// The state of an object at which tasks wait. Handles and waiting coroutines share it, so that an
/// object may go out of scope before those who wait at it.
class Meeting {
public:
    explicit Meeting(const char* kind);
    Meeting(const Meeting&) = delete;
    Meeting& operator=(const Meeting&) = delete;

    /// Tells the tracer: `event` is sync.wait, sync.take or sync.give.
    void note(const char* event, std::size_t value);
    /// Returns: the running loop. Throws: Error if tasks of another loop have waited here before.
    EventLoop& bind();
    /// Returns: what it is called in reports: "lock 1". Objects made before the loop runs are
    /// numbered by their first use.
    std::string name();

private:
    const char* kind_;
    std::uint64_t id_ = 0;
    std::uint64_t loop_ = 0;
};

/// Those who wait for one thing.
///
/// Invariant: the futures in `woken_` are done; those in `waiting_` are pending, or cancelled and
/// about to leave. See: `_waiters` of asyncio's locks.
class WaitingLine {
public:
    explicit WaitingLine(Meeting& meeting, const char* what = "");
    ~WaitingLine();

    /// Stands in line until woken. `if_cancelled` is called when CancelledError came instead, out
    /// of line already, and is told whether the turn had come, and is to be passed on.
    /// Requires: the caller holds a share in the meeting.
    Coro<> wait(std::size_t value, std::function<void(bool had_turn)> if_cancelled = {});
    /// Returns: whether somebody stands here, woken or not, whose wait is not cancelled.
    bool occupied() const;
    /// Wakes the first who is neither woken nor cancelled. Returns: false if there is none.
    /// Complexity: O(1), plus the cancelled ones before it that have not run yet.
    bool wake_next();
    /// Wakes the first, unless that one is woken or cancelled already and will soon run.
    void wake_first();
    void wake_all();

private:
    struct Place;
    Meeting& meeting_;
    const char* what_; ///< what they wait for, where an object has several lines: " get"
    std::list<Future<void>> waiting_;
    std::list<Future<void>> woken_;
};

} // namespace aio::detail
