// event_loop.hpp: one thread, one queue, one turn after another.
//
// A turn has two halves. First it collects what has become ready: posts from other threads, then
// descriptors, then timers. Then it runs what was ready at that moment, and only that (rule R5).
// The loop knows nothing of coroutines: a task is one more thing that puts callbacks into the
// queue.
//
// Floor 3.
#pragma once

#include "aio/clock.hpp"
#include "aio/handle.hpp"
#include "aio/inbox.hpp"
#include "aio/ready_queue.hpp"
#include "aio/selector.hpp"
#include "aio/spin.hpp"
#include "aio/timer_queue.hpp"
#include "aio/trace.hpp"

#include <atomic>
#include <exception>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace aio {

class AnyTask;
class EventLoop;
class Runner;
class ThreadPool;
namespace js::detail {
class Queues;
}
template <class T = void> class Coro;
template <class T = void> class Future;
template <class T = void> class Task;

namespace detail {
class Executors;
class FutureBase;
class TaskBase;
class GeneratorBase;
class Signals;
class Stream;

/// What a loop asks its tasks, of which it knows nothing else. Set with a loop's first task.
struct TaskHooks {
    void (*abandon)(EventLoop&);          ///< close(): those that have not ended are dropped
    std::string (*who_waits)(EventLoop&); ///< a deadlock: who waits for what
};

/// Queues that stand beside a loop, of which it knows nothing else: JavaScript's. Set with their
/// first use, gone with close().
struct SideQueues {
    virtual ~SideQueues() = default;
    virtual void after_callback() = 0; ///< rule R5(c)
};
} // namespace detail

/// What an exception handler is told.
struct ErrorContext {
    std::string message; ///< what was going on, such as "exception in callback"
    std::exception_ptr error;
};

/// How a loop is made.
struct LoopOptions {
    Clock* clock = nullptr;             ///< null: default_clock()
    std::unique_ptr<Selector> selector; ///< null: make_selector()
    /// How long the loop may look for news awake, before it sleeps, when an answer from another
    /// thread is likely soon: a job is out at a pool, or a post came within the last millisecond.
    /// Workers that run its jobs do likewise. 40us is about what a sleep costs, so that a bet that
    /// is lost costs as much again. 0, the default, because this buys time with a processor that
    /// others may want: with more busy threads than processors it makes everything slower, and on
    /// a laptop it warms the room. It changes nothing on a virtual clock.
    duration spin = duration::zero();
};

/// Runs callbacks in turns, on the thread that calls run_forever().
///
/// Not thread-safe but for call_soon_threadsafe(), stop() excluded too.
/// Invariant: a callback runs only between turn.begin and turn.end, and never inside another
/// callback.
class EventLoop {
public:
    explicit EventLoop(LoopOptions options = {});
    ~EventLoop(); ///< closes. Requires: not running.
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// Appends `callable` to the ready queue. It runs on the next turn, after what is queued now.
    ///
    /// Throws: Error if the loop is closed. Complexity: O(1); no allocation up to 256 bytes of
    /// captures. See: asyncio, BaseEventLoop.call_soon.
    template <class F> Handle call_soon(F&& callable) {
        return add_ready(std::forward<F>(callable), "soon");
    }

    /// Runs `callable` once, when `delay` has passed: never earlier, later if the loop is busy
    /// (R8). A negative delay counts as zero, one beyond 100 years as 100 years. Throws: Error if
    /// the loop is closed. Complexity: O(1) while it is far away (timer_queue.hpp), else O(log n)
    /// in the timers that are near; no allocation up to 32 bytes of captures.
    template <class F> TimerHandle call_later(duration delay, F&& callable) {
        return add_timer(after(delay), std::forward<F>(callable));
    }

    /// Runs `callable` once, at `when` on this loop's time line, which ends after 190 years; at the
    /// next turn if that is past.
    template <class F> TimerHandle call_at(time_point when, F&& callable) {
        return add_timer(within_time(when), std::forward<F>(callable));
    }

    /// Runs `callback` once, when the simulated outside has news: at `when`, before the timers of
    /// that date (R7).
    void arrive_at(time_point when, Callback callback, const char* kind = "io");

    /// As call_soon(), from any thread; wakes the loop if it sleeps. Posts of one thread keep their
    /// order. Throws: Error if the loop is closed.
    template <class F>
        requires(std::is_invocable_v<F&>)
    void call_soon_threadsafe(F callable) {
        const auto how = inbox_.push(std::move(callable));
        if (how != detail::Inbox::Posted::quietly || seat_ != 0) {
            told_by_post(how);
        }
    }

    /// Calls back at each turn in which `fd` can be read, or written, without waiting, until
    /// removed. A later call for the same direction replaces the callback. Throws:
    /// std::system_error from the selector.
    void add_reader(int fd, std::function<void()> callback);
    void add_writer(int fd, std::function<void()> callback);
    /// Returns: false if nobody watched.
    bool remove_reader(int fd);
    bool remove_writer(int fd);

    /// Runs `callback` on this loop, on its next turn, each time that the process gets signal
    /// `signo`, until removed. A later call replaces the callback. Signals of one kind that come
    /// while the kernel holds one back are one, and so are those that come while 64 KiB of signals
    /// wait. Of loops that share a virtual clock, this one sees it when it has the turn; raise_at()
    /// has a date instead. Throws: ValueError for a number that is no signal; Error if it cannot be
    /// caught, or another loop has it; std::system_error without descriptors.
    void add_signal_handler(int signo, std::function<void()> callback);
    /// Effects: the signal does again what it did before. Returns: false if there was no handler.
    bool remove_signal_handler(int signo);
    /// As if the process got `signo` at `when`: simulated, so at the same point of every run,
    /// before the timers of that date (R7). Without a handler the process gets it really.
    void raise_at(time_point when, int signo);

    /// Returns: the time on this loop's time line. Complexity: one call of the clock.
    time_point time() { return clock_.now(); }

    /// Turns until stop(). Throws: Error if a loop runs on this thread already, or this one is
    /// closed; DeadlockError on a virtual clock when nothing can happen any more; std::system_error
    /// if the selector cannot wait. What is ready then stays for the next run.
    void run_forever();

    /// Effects: the loop leaves run_forever() at the end of this turn, or after one turn if it does
    /// not run.
    void stop() noexcept { stopping_ = true; }

    /// Guest mode: somebody else's loop, the host, drives this one (guest.cpp).
    ///
    /// One turn; while nothing is ready it waits for news until `deadline` at most, with time() not
    /// at all. Returns: false if stop() was called. Throws: as run_forever(), but DeadlockError.
    bool run_once(time_point deadline);
    /// Asked before each wait of the host. Returns: when the next turn is due: now if something is
    /// ready, else the first timer's date; nothing if only descriptor() can tell.
    std::optional<time_point> next_turn();
    /// Returns: what the host watches besides: it can be read once next_turn() was asked and a
    /// descriptor here has news, or a post came. Throws: Error if the selector has none (poll).
    int descriptor();

    /// Drops all callbacks and timers unrun, and refuses new ones. Closing twice is fine.
    /// Throws: Error if the loop is running.
    void close();

    bool is_running() const noexcept { return running_; }
    bool is_closed() const noexcept { return closed_; }

    /// Reports callbacks that hold the loop for too long, to warn("slow_callback"), and refuses to
    /// be told anything but posts by other threads while it runs ("thread_violation"). Loops begin
    /// with it if the environment has AIO_DEBUG, and it is neither empty nor 0.
    void set_debug(bool on) noexcept { debug_ = on; }
    bool get_debug() const noexcept { return debug_; }
    /// Effects: `limit` or more is too long; 100 ms at first. See: asyncio, slow_callback_duration.
    void set_slow_callback_duration(duration limit) noexcept { slow_callback_ = limit; }

    /// Replaces what is done about an exception that leaves a callback; the loop goes on either way
    /// (R15). Null restores the default, which reports to warn().
    void set_exception_handler(std::function<void(const ErrorContext&)> handler);
    void call_exception_handler(const ErrorContext& context);

    /// Tells `hook` of each new task, before its first step is queued: to count, name or watch it.
    /// Null: nobody. See: asyncio, loop.set_task_factory (which may also put something else in the
    /// task's place).
    void set_task_hook(std::function<void(const AnyTask&)> hook);

    // Defined with futures and tasks, in later headers.
    template <class T = void> Future<T> create_future();
    template <class T> Task<T> create_task(Coro<T> coro, std::string name = {});
    template <class T> T run_until_complete(Coro<T> coro);
    template <class T> T run_until_complete(const Future<T>& future);

    /// Closes the async generators that have begun and not ended, so that they can clean up (in
    /// async_generator.hpp). run() does it. See: asyncio's.
    Coro<void> shutdown_asyncgens();
    bool has_asyncgens() const noexcept { return !asyncgens_.empty(); }

    // Defined, and the first described, with executors: executor.hpp.
    template <class Pool, class F, class... Arguments>
    auto run_in_executor(Pool pool, F f, Arguments... arguments);
    /// Makes `pool` the one that nullptr names in run_in_executor(). The loop shuts it down when it
    /// ends; a pool that was in its place is left to end by itself.
    void set_default_executor(std::shared_ptr<ThreadPool> pool);
    /// Refuses new jobs for the default pool and waits, without blocking the loop, until those that
    /// it has are done. After `limit` it reports to warn("shutdown"), and the rest goes on by
    /// itself. run() ends with this, and a limit of five minutes (R11). See: asyncio's.
    Coro<void> shutdown_default_executor(std::optional<duration> limit = std::nullopt);

    /// Returns: this loop's number, never used again in the process.
    std::uint64_t id() const noexcept { return id_; }
    Clock& clock() noexcept { return clock_; }
    /// Returns: the number of turns begun.
    std::uint64_t turn() const noexcept { return turn_; }
    /// Returns: 1, 2, 3 …: the numbers by which reports call futures.
    std::uint64_t next_number() noexcept { return ++last_number_; }
    /// As above, for one kind of object: "lock 1", "queue 1".
    std::uint64_t next_number(std::string_view kind);
    /// Returns: the loop with that number, or null if it is gone. Complexity: O(1) for the one that
    /// runs here.
    static EventLoop* find(std::uint64_t id) noexcept;
    /// As call_soon_threadsafe(), for a loop that may be gone. Returns: false if it is, or closed.
    static bool post(std::uint64_t id, Callback callback);

    /// Limits the turns that a loop may take while its clock stands still; 0: no limit. For
    /// graders.
    static void set_runaway_limit(std::uint64_t turns) noexcept;

private:
    friend class Handle;
    friend class TimerHandle;
    friend class Runner;
    friend class detail::Executors;
    friend class detail::FutureBase;
    friend class detail::TaskBase;
    friend class js::detail::Queues;
    friend class detail::GeneratorBase;
    friend class detail::Signals;
    friend class detail::Stream;

    struct Watch {
        std::function<void()> on_readable;
        std::function<void()> on_writable;
        bool wanted() const noexcept { return on_readable || on_writable; }
    };

    template <class F> Handle add_ready(F&& callable, std::string_view kind) {
        refuse_misuse();
        const auto position = ready_.push(std::forward<F>(callable));
        AIO_TRACE("handle.add", {{"h", position.sequence}, {"kind", kind}});
        return Handle(id_, position.record, position.sequence);
    }

    template <class F> TimerHandle add_timer(time_point when, F&& callable) {
        refuse_misuse();
        const auto id = timers_.push(when, std::forward<F>(callable));
        if (detail::tracer != nullptr) [[unlikely]] {
            trace_timer(id.sequence, when); // elsewhere: each callable has a copy of these lines
        }
        return TimerHandle(static_cast<std::uint32_t>(id_), id.slot, id.sequence, when);
    }
    time_point after(duration delay);
    static time_point within_time(time_point when) noexcept;
    static void trace_timer(std::uint64_t number, time_point when);

    struct Running { // while it runs; also when a callback, or the clock, throws
        explicit Running(EventLoop& l);
        ~Running();
        EventLoop& loop;
        Clock* outer = nullptr; ///< of the job that runs this loop
    };

    void refuse_if_closed() const;
    /// Closed, or in debug mode: used from a thread that does not run it.
    void refuse_misuse() const {
        if (closed_.load(std::memory_order_relaxed) || debug_) [[unlikely]] {
            refuse_what_is_wrong();
        }
    }
    void refuse_what_is_wrong() const;
    void refuse_if_running() const;
    void run_until_done(detail::FutureBase& future, bool made_here); // future.cpp, as the next
    void forget_callbacks();
    void run_once();
    void look_around();
    /// Of a timer, if it is before `limit`, or of simulated news.
    std::optional<time_point> next_date(time_point limit = time_point::max());
    void wait_for_something();
    void told_by_post(detail::Inbox::Posted how); // inbox.cpp, as the next two
    bool spin_for_posts(std::optional<time_point> deadline);
    void collect_posts();
    void collect_signals(); // signals.cpp, as the next
    bool call_signal_handler(int signo);
    void collect_descriptors();
    void collect_due_timers();
    void run_ready();
    void run_one();
    void run_one_watched();
    bool look_is_due();
    void guard_against_runaway();
    void set_watch(int fd, std::function<void()> Watch::* side, std::function<void()> callback);
    bool end_watch(int fd, std::function<void()> Watch::* side);
    void call_watcher(int fd, std::function<void()> Watch::* side);

    Clock& clock_;
    std::unique_ptr<Selector> selector_;
    ReadyQueue ready_;
    TimerQueue timers_;
    std::vector<Watch> watches_; ///< by descriptor: the kernel gives out the lowest free number
    std::size_t watched_ = 0;    ///< how many of them are wanted
    struct Arrival {
        Callback callback;
        const char* kind; ///< for the trace
    };
    std::multimap<time_point, Arrival> arrivals_; ///< equal dates in the order of the calls
    std::vector<Readiness> news_;
    std::function<void(const ErrorContext&)> on_error_;
    std::function<void(const AnyTask&)> on_task_;

    detail::Inbox inbox_;
    const duration spin_;
    detail::Spinner spinner_;
    bool posts_stream_ = false;   ///< the last time several had come at once
    bool posts_came_ = false;     ///< since it spun for some in vain
    time_point spun_until_{};     ///< until then it may try again; zero: not
    std::uint64_t jobs_away_ = 0; ///< at pools, which will post their outcomes
    std::atomic<bool> closed_ = false;
    std::atomic<Seat> seat_ = 0;

    std::map<std::uint64_t, detail::FutureBase*> listened_; ///< futures with callbacks, by number
    detail::TaskBase* tasks_ = nullptr; ///< the tasks that have not ended, newest first (task.hpp)
    const detail::TaskHooks* task_hooks_ = nullptr;
    std::unique_ptr<detail::SideQueues> side_queues_;
    std::list<std::shared_ptr<detail::GeneratorBase>> asyncgens_; ///< in the order of their begin
    std::shared_ptr<detail::Executors> executors_;                ///< made with the first job
    std::shared_ptr<detail::Signals> signals_;                    ///< while there are handlers
    std::weak_ptr<detail::Signals> interrupt_;                    ///< run()'s: nobody waits for it
    std::map<const void*, std::shared_ptr<void>> kept_; ///< until they are done, or close()
    std::uint64_t last_number_ = 0;
    std::map<std::string_view, std::uint64_t> last_numbers_; ///< by kind, a literal
    std::uint64_t last_task_number_ = 0;
    std::uint64_t turn_ = 0;
    std::uint64_t turns_at_this_instant_ = 0;
    std::uint64_t turns_since_look_ = 0; ///< at the kernel, on a clock that stands still
    std::int64_t until_look_ = 0;        ///< callbacks until a busy loop looks up, on one that runs
    std::int64_t stride_ = 1;            ///< how many those were at first
    time_point last_look_{};
    time_point last_turn_at_{};
    bool running_ = false;
    bool stopping_ = false;
    bool debug_;
    const bool busy_clock_; ///< time passes while the loop is busy
    duration slow_callback_ = 100ms;
    std::optional<time_point> host_deadline_; ///< of the turn that a host asked for (run_once)
    const std::uint64_t id_; ///< last: a loop that could not be made is in no register
};

/// Returns: the loop that runs on this thread. Throws: Error("no running event loop").
EventLoop& get_running_loop();

/// Returns: the loop that runs on this thread, or null.
EventLoop* running_loop_or_null() noexcept;

/// Effects: get_event_loop() on this thread gives `loop` while none runs; null: none. The caller
/// keeps it alive. See: asyncio.set_event_loop.
void set_event_loop(EventLoop* loop) noexcept;

/// Returns: the loop that runs on this thread, else the one that was set for it. Throws: Error if
/// there is neither. See: asyncio.get_event_loop, which may also make one: the lessons show why
/// that was a mistake.
EventLoop& get_event_loop();

/// Returns: a loop that does not run yet. Most programs want run() instead.
std::unique_ptr<EventLoop> new_event_loop();

/// This course's time.sleep: the calling thread does nothing else for `span`, its loop included.
void block_for(duration span);

} // namespace aio
