// queues.hpp: what JavaScript has beside the ready queue: microtasks, ticks, its timers, frames.
//
// The loop takes one callback at a time; a microtask is what that callback insists on finishing
// before anybody else gets a turn. So the queues hang on the loop by one hook: after each callback
// they are drained (rule R5c). A frame is a timer that comes after the others of its date (R12). A
// loop on which nobody calls these functions pays one branch per callback.
//
// Floor 4: beside futures, below coroutines.
#pragma once

#include "aio/future.hpp"

#include <list>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace aio::js {

/// Names a timer, for clear_timeout() and clear_interval(). 0 names none.
using TimerId = std::uint64_t;

namespace detail {

using aio::detail::Ref;
using aio::detail::Stored;

class PromiseState;
using Listeners = std::vector<std::function<void()>>;

/// JavaScript's queues of one loop.
///
/// Invariant: between two callbacks of the loop no microtask, tick or report is left.
class Queues final : public aio::detail::SideQueues {
public:
    /// Returns: the queues of the loop that runs on this thread; made on first use. Throws: Error
    /// if none runs.
    static Queues& here();

    explicit Queues(EventLoop& loop);
    ~Queues() override; ///< drops everything, and what pending promises would have called
    Queues(const Queues&) = delete;
    Queues& operator=(const Queues&) = delete;

    template <class F> void add_microtask(F&& callable, std::string_view label) {
        const auto position = microtasks_.push(std::forward<F>(callable));
        AIO_TRACE("micro.add", {{"m", position.sequence}, {"label", label}});
    }
    void add_tick(Callback callback);
    TimerId set_timer(Callback callback, duration delay, bool repeats);
    void clear_timer(TimerId id);
    void request_frame(std::function<void(time_point)> callback);

    /// Calls those that are in the list now; after each, drains, if the user clicked and so nobody
    /// else is on the stack.
    void call_listeners(Listeners listeners, bool by_user);

    /// Runs all ticks, then all microtasks, until both queues are empty; reports rejections that
    /// nobody handles; again, if that added anything. Throws: RunawayError.
    void drain();
    void after_callback() override;

    std::list<PromiseState*> pending; ///< close() breaks the circles that they may be part of
    std::vector<Ref<PromiseState>> unhandled; ///< rejected since the last report, without handler
    std::vector<Ref<PromiseState>> handled_late; ///< got a handler after they were reported

private:
    struct Timer {
        Callback callback;
        duration period;
        bool repeats;
        TimerHandle handle;
    };

    /// Calls `callable`; its exception goes to the loop's handler, told as "exception in `where`".
    void call(std::string_view where, const std::function<void()>& callable);
    void run_next(ReadyQueue& queue, std::string_view where, std::int64_t number);
    bool report_rejections();
    void fire(TimerId id);
    void serve_frame();

    EventLoop& loop_;
    ReadyQueue ticks_;
    ReadyQueue microtasks_;
    std::unordered_map<TimerId, Timer> timers_;
    TimerId last_timer_ = 0;
    std::vector<std::function<void(time_point)>> requests_; ///< empty: no frame is pending
    time_point frame_date_{};
    std::uint64_t last_frame_ = 0;
};

} // namespace detail

// Everything below acts on the loop that runs on this thread. Throws: Error if none runs.

/// Calls `callback` once, when `delay` has passed: EventLoop::call_later() under its other name
/// (R13).
inline TimerId set_timeout(Callback callback, duration delay = duration::zero()) {
    return detail::Queues::here().set_timer(std::move(callback), delay, false);
}

/// Calls `callback` again and again. The next date is the start of the call plus `period`; ticks
/// that were missed are not made up for (R13). A callback that throws is called again all the same.
inline TimerId set_interval(Callback callback, duration period) {
    return detail::Queues::here().set_timer(std::move(callback), period, true);
}

/// Effects: the timer's callback is not called (again); from inside the callback too. One that is
/// over, or was cleared, is fine.
inline void clear_timeout(TimerId id) { detail::Queues::here().clear_timer(id); }
inline void clear_interval(TimerId id) { detail::Queues::here().clear_timer(id); }

/// Calls `callback` after the callback that runs now and the microtasks queued before, and before
/// anything else the loop has to do. Complexity: O(1).
template <class F> void queue_microtask(F&& callback) {
    detail::Queues::here().add_microtask(std::forward<F>(callback), "microtask");
}

/// As queue_microtask(), in a queue of its own that is emptied before the microtasks; inside a
/// microtask, after them. See: Node's process.nextTick.
inline void next_tick(Callback callback) { detail::Queues::here().add_tick(std::move(callback)); }

/// Calls `callback`, with the time at which the frame began or with nothing, in the next frame:
/// at the next multiple of 16 ms, after all timers of that date (R12). What is requested in a frame
/// belongs to the next one. Requires: `callback` is copyable.
template <class F> void request_animation_frame(F callback) {
    detail::Queues::here().request_frame(
        [callback = std::move(callback)](time_point begun) mutable {
            if constexpr (std::is_invocable_v<F&, time_point>) {
                callback(begun);
            } else {
                callback();
            }
        });
}

} // namespace aio::js
