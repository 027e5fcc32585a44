// condition.hpp: wait, holding a lock, until somebody says that what the lock guards has changed.
//
// Floor 7.
#pragma once

#include "aio/lock.hpp"

namespace aio {

/// A lock, and a line of those who have lent it out while they wait. See: asyncio.Condition.
class Condition {
public:
    explicit Condition(Lock lock = {});

    bool locked() const noexcept;
    Coro<> acquire() const;
    void release() const;
    Coro<Scoped<Condition>> scoped() const;

    /// Releases the lock, waits to be notified, and acquires the lock again, also when it is
    /// cancelled: a cancel while it acquires is thrown once it has the lock. As in Python 3.11 (not
    /// 3.13), who is cancelled after it was notified does not pass that on: nobody else is woken.
    /// Throws: Error if the lock is not locked.
    Coro<> wait() const;
    /// Waits until `predicate()` is true, looking each time that it is notified.
    template <class Predicate> Coro<> wait_for(Predicate predicate) const {
        return wait_for(*this, std::move(predicate));
    }
    /// Wakes the first `count` who wait. They go on when they have the lock, so not before the
    /// caller gives it back. Throws: Error if the lock is not locked.
    void notify(std::size_t count = 1) const;
    void notify_all() const;

private:
    static Coro<> wait(Condition self);
    template <class Predicate> static Coro<> wait_for(Condition self, Predicate predicate) {
        while (!predicate()) {
            co_await self.wait();
        }
    }
    struct State : detail::Meeting {
        explicit State(Lock guard) : Meeting("condition"), lock(std::move(guard)) {}
        detail::WaitingLine line{*this};
        Lock lock;
    };
    std::shared_ptr<State> state_;
};

} // namespace aio
