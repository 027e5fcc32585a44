// lock.hpp: one at a time, and a way to give back at the end of a block.
//
// Floor 7.
#pragma once

#include "aio/waiting_line.hpp"

#include <optional>

namespace aio {

/// Holds a lock, a semaphore's permit or a condition until the end of the scope.
///
///     const auto held = co_await lock.scoped();
///
/// Requires: what it holds is not released by other hands meanwhile; the end of the scope cannot
/// throw, and ends the program. See: `async with lock`.
template <class Held> class [[nodiscard("it gives back at once if it is not kept")]] Scoped {
public:
    explicit Scoped(Held held) : held_(std::move(held)) {}
    Scoped(Scoped&& other) noexcept : held_(std::exchange(other.held_, std::nullopt)) {}
    Scoped& operator=(Scoped&& other) noexcept {
        std::swap(held_, other.held_);
        return *this;
    }
    ~Scoped() {
        try {
            release();
        } catch (const Error&) {
            if (running_loop_or_null() != nullptr) {
                std::terminate(); // a mistake; without a loop: dropped in Condition::wait()
            }
        }
    }
    /// Gives back now.
    void release() {
        if (const auto held = std::exchange(held_, std::nullopt)) {
            held->release();
        }
    }

private:
    std::optional<Held> held_;
};

/// At most one task is between acquire() and release(). It belongs to nobody: any task may release.
///
/// First come, first served: release() wakes the first who waits, and while anybody waits a
/// newcomer stands at the end, though the lock be free. See: asyncio.Lock.
class Lock {
public:
    Lock();
    bool locked() const noexcept;
    /// Waits for the lock, and takes it. Who is cancelled after it was woken wakes the next.
    Coro<> acquire() const;
    /// Throws: Error if it is not locked.
    void release() const;
    Coro<Scoped<Lock>> scoped() const;

private:
    static Coro<> acquire(Lock self);
    struct State : detail::Meeting {
        State() : Meeting("lock") {}
        detail::WaitingLine line{*this};
        bool locked = false;
    };
    std::shared_ptr<State> state_;
};

} // namespace aio
