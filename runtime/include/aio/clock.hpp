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

/// One loop's place at a clock. Loops that share a virtual clock take turns by their seats.
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

    /// Waits until `deadline` or until something happens. `watching`: descriptors are watched, so
    /// the kernel may have news even when no deadline is set.
    virtual Idle idle(Seat seat, std::optional<time_point> deadline, bool watching,
                      const Sleep& sleep) = 0;

    /// Effects: the calling thread does nothing else for `span`. This course's time.sleep.
    virtual void block(duration span) = 0;

    /// A loop begins to run, ends, or got a post from another thread.
    virtual Seat enter() { return 0; }
    virtual void leave(Seat /*seat*/) {}
    virtual void poke(Seat /*seat*/) {}
};

/// The clock on the wall, counted from when it was made. It never goes back.
class RealClock final : public Clock {
public:
    RealClock();
    time_point now() override;
    Idle idle(Seat seat, std::optional<time_point> deadline, bool watching,
              const Sleep& sleep) override;
    void block(duration span) override;

private:
    std::chrono::steady_clock::time_point start_;
};

/// A clock that jumps when nothing is ready, shared by all loops of the process (rule R14).
///
/// Invariant: at most one seat has the turn, and time moves only while none has it.
class VirtualClock final : public Clock {
public:
    VirtualClock();
    ~VirtualClock() override;
    time_point now() override;
    Idle idle(Seat seat, std::optional<time_point> deadline, bool watching,
              const Sleep& sleep) override;
    void block(duration span) override;
    Seat enter() override;
    void leave(Seat seat) override;
    void poke(Seat seat) override;

    /// Keeps the clock from moving while a thread without a loop still works.
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

/// The clock that new loops get: a real one, unless set_default_clock() named another.
Clock& default_clock();

/// Effects: loops made from now on use `clock`, or the real clock with null. The caller keeps
/// `clock` alive.
void set_default_clock(Clock* clock) noexcept;

} // namespace aio
