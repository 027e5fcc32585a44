// semaphore.hpp: at most so many at a time.
//
// Floor 7.
#pragma once

#include "aio/lock.hpp"

namespace aio {

/// A number of permits. release() hands the permit to the first who waits, who has it from that
/// moment: a newcomer cannot take it on the way. See: asyncio.Semaphore.
class Semaphore {
public:
    /// Throws: ValueError if `value` is negative.
    explicit Semaphore(int value = 1);

    /// Returns: whether acquire() would wait: no permit is left, or somebody waits already.
    bool locked() const;
    /// Waits for a permit. Who is cancelled after it was handed one passes it on.
    Coro<> acquire() const;
    /// Gives a permit, whether one was taken or not. Throws: ValueError above a bounded
    /// semaphore's start value.
    void release() const;
    Coro<Scoped<Semaphore>> scoped() const;

protected:
    Semaphore(int value, int bound);

private:
    static Coro<> acquire(Semaphore self);
    void wake_next() const;
    struct State : detail::Meeting {
        State(int start, int most) : Meeting("semaphore"), value(start), bound(most) {}
        detail::WaitingLine line{*this};
        int value;
        int bound;
    };
    std::shared_ptr<State> state_;
};

/// A semaphore that notices a release too many. See: asyncio.BoundedSemaphore.
class BoundedSemaphore : public Semaphore {
public:
    explicit BoundedSemaphore(int value = 1) : Semaphore(value, value) {}
};

} // namespace aio
