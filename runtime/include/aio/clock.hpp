// clock.hpp: the door through which time comes in.
//
// A loop never asks the operating system for the time, and never sleeps by itself: it asks its
// clock. The real clock waits. The virtual clock jumps to the next deadline as soon as nobody has
// anything to do, so a program that sleeps for an hour runs in microseconds, and prints the same in
// every run.
//
// Floor 1.
#pragma once

#include "aio/time.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace aio {

/// How a wait of the loop ended.
enum class Idle {
    woken,       ///< a descriptor, a post from another thread, or a look at the kernel was due
    deadline,    ///< the clock has reached the deadline
    nothing_left ///< no deadline, and nobody who could wake the loop
};

/// A place at a clock. Those who share a virtual clock take turns by their seats: first the jobs of
/// workers, in the order in which they began (R9), then loops, in the order of their numbers (R14).
using Seat = std::uint64_t;

/// Tells the time, and waits.
class Clock {
public:
    /// Waits in the kernel for at most the given time, for ever without one; true if something
    /// happened.
    using Sleep = std::function<bool(std::optional<duration>)>;

    virtual ~Clock() = default;

    /// Returns: the time since this clock's beginning.
    virtual time_point now() = 0;

    /// Returns: an instant that is not before now(), and at most some microseconds after it. A
    /// delay that begins there is never too short, and that may be cheaper to say. On one thread it
    /// never goes back.
    virtual time_point now_or_just_after() { return now(); }

    /// Waits until `deadline` or until something happens. `watching`: descriptors are watched, so
    /// the kernel may have news even when no deadline is set.
    virtual Idle idle(Seat seat, std::optional<time_point> deadline, bool watching,
                      const Sleep& sleep) = 0;

    /// Effects: the calling thread does nothing else for `span`. This course's time.sleep.
    virtual void block(duration span) = 0;

    /// The loop with that number begins to run on this thread.
    virtual Seat enter(std::uint64_t /*loop*/) { return 0; }
    /// A job begins. Whoever hands it out reserves its seat, so that seats are in the order in
    /// which jobs begin; the worker's thread then takes it.
    virtual Seat reserve() { return 0; }
    virtual void take(Seat /*seat*/) {}
    /// Returns: this thread's seat; a guest's if it runs neither a loop nor a job.
    virtual Seat visit() { return 0; }
    /// Undoes an enter(), take() or visit() of this thread.
    virtual void leave(Seat /*seat*/) {}
    /// Whoever idles there is woken.
    virtual void poke(Seat /*seat*/) {}

    /// Returns: whether time passes while a loop is busy, so that looking often is in vain. A clock
    /// that moves only when nothing is ready is looked at in every turn.
    virtual bool runs_by_itself() const noexcept { return false; }
};

/// The clock on the wall, counted from when it was made. It never goes back.
class RealClock final : public Clock {
public:
    RealClock();
    time_point now() override;
    time_point now_or_just_after() override; ///< tick_clock.cpp
    Idle idle(Seat seat, std::optional<time_point> deadline, bool watching,
              const Sleep& sleep) override;
    void block(duration span) override;
    bool runs_by_itself() const noexcept override { return true; }

private:
    std::chrono::steady_clock::time_point start_;
};

/// A clock that jumps when nothing is ready, shared by all loops and workers (rule R14).
///
/// Jobs run while a loop, or a thread that waits in block() or ThreadBell::wait(), waits for them:
/// with nobody waiting, as between two runs of a loop, they stand still. Invariant: at most one
/// seat has the turn, and time moves only while none has it.
class VirtualClock final : public Clock {
public:
    VirtualClock();
    ~VirtualClock() override; ///< lets the jobs end that nobody waited for
    time_point now() override;
    Idle idle(Seat seat, std::optional<time_point> deadline, bool watching,
              const Sleep& sleep) override;
    void block(duration span) override;
    Seat enter(std::uint64_t loop) override;
    Seat reserve() override;
    void take(Seat seat) override;
    Seat visit() override;
    void leave(Seat seat) override;
    void poke(Seat seat) override;

    /// Keeps the clock from moving while a thread without a seat still works. When such a thread
    /// waits as a guest, one hold is lifted until it goes on.
    class Hold {
    public:
        explicit Hold(VirtualClock& clock);
        ~Hold();
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;

    private:
        VirtualClock& clock_;
    };

private:
    struct State; // whose turn it is, and who waits for what: clock.cpp
    std::unique_ptr<State> state_;
};

/// A seat for a scope: nobody else's turn comes between the runs of a loop in it.
class Place {
public:
    Place(Clock& clock, std::uint64_t loop) : clock_(clock), seat_(clock.enter(loop)) {}
    explicit Place(Clock& clock) : clock_(clock), seat_(clock.visit()) {} ///< perhaps as a guest
    ~Place() { clock_.leave(seat_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    Seat seat() const noexcept { return seat_; }

private:
    Clock& clock_;
    Seat seat_;
};

/// One thread waits until another rings; waiting takes time on a clock as all else does.
class ThreadBell {
public:
    ThreadBell();
    ~ThreadBell();
    ThreadBell(const ThreadBell&) = delete;
    ThreadBell& operator=(const ThreadBell&) = delete;

    /// Returns: whether it rang before `deadline`. Throws: DeadlockError on a virtual clock when
    /// nobody is left who could ring. Requires: one thread waits.
    bool wait(Clock& clock, std::optional<time_point> deadline = std::nullopt);
    void ring(); ///< from any thread, before the wait or while it lasts

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The clock that new loops get: a real one, unless set_default_clock() named another.
Clock& default_clock();

/// Effects: loops made from now on use `clock`, or the real clock with null. The caller keeps
/// `clock` alive.
void set_default_clock(Clock* clock) noexcept;

/// Returns: the clock of the loop or job that runs on this thread, else the default one.
Clock& current_clock();

namespace detail {
/// The clock of the loop or job that runs on this thread, or null.
inline thread_local Clock* clock_here = nullptr;
} // namespace detail

} // namespace aio
