// sync.cpp: who may pass at events, locks, semaphores, conditions and barriers, and who is woken.
//
// Each function stands line by line beside its namesake in CPython 3.11's asyncio/locks.py.
#include "aio/barrier.hpp"
#include "aio/event.hpp"
#include "aio/queue.hpp"
#include "aio/semaphore.hpp"

#include <limits>

namespace aio {

namespace {

template <class Held> Coro<Scoped<Held>> hold(Held held) {
    co_await held.acquire();
    co_return Scoped<Held>(held);
}

} // namespace

// What follows is here and not in the headers so that whoever includes them does not compile it.

Event::Event() : state_(std::make_shared<State>()) {}
bool Event::is_set() const noexcept { return state_->set; }
void Event::clear() const noexcept { state_->set = false; }
Coro<> Event::wait() const { return wait(*this); }

void Event::set() const {
    if (!std::exchange(state_->set, true)) {
        state_->note("sync.give", 1);
        state_->line.wake_all();
    }
}

Coro<> Event::wait(Event self) {
    State& state = *self.state_;
    if (!state.set) {
        co_await state.line.wait(0);
    }
    state.note("sync.take", 1);
}

Lock::Lock() : state_(std::make_shared<State>()) {}
bool Lock::locked() const noexcept { return state_->locked; }
Coro<> Lock::acquire() const { return acquire(*this); }
Coro<Scoped<Lock>> Lock::scoped() const { return hold(*this); }

Coro<> Lock::acquire(Lock self) {
    State& state = *self.state_;
    if (state.locked || state.line.occupied()) {
        co_await state.line.wait(1, [&state](bool /*had_turn*/) {
            if (!state.locked) {
                state.line.wake_first();
            }
        });
    }
    state.locked = true;
    state.note("sync.take", 1);
}

void Lock::release() const {
    if (!std::exchange(state_->locked, false)) {
        throw Error("the lock is not acquired");
    }
    state_->note("sync.give", 0);
    state_->line.wake_first();
}

Semaphore::Semaphore(int value) : Semaphore(value, std::numeric_limits<int>::max()) {}

Semaphore::Semaphore(int value, int bound) {
    if (value < 0) {
        throw ValueError("a semaphore's value must be >= 0");
    }
    state_ = std::make_shared<State>(value, bound);
}

bool Semaphore::locked() const { return state_->value == 0 || state_->line.occupied(); }

Coro<> Semaphore::acquire() const { return acquire(*this); }
Coro<Scoped<Semaphore>> Semaphore::scoped() const { return hold(*this); }

Coro<> Semaphore::acquire(Semaphore self) {
    State& state = *self.state_;
    if (!self.locked()) {
        --state.value;
    } else {
        co_await state.line.wait(static_cast<std::size_t>(state.value), [&](bool had_turn) {
            if (had_turn) { // it has a permit, and no use for it
                ++state.value;
                self.wake_next();
            }
        });
        if (state.value > 0) {
            self.wake_next();
        }
    }
    state.note("sync.take", static_cast<std::size_t>(state.value));
}

void Semaphore::release() const {
    if (state_->value >= state_->bound) {
        throw ValueError("a bounded semaphore was released too many times");
    }
    ++state_->value;
    state_->note("sync.give", static_cast<std::size_t>(state_->value));
    wake_next();
}

void Semaphore::wake_next() const {
    if (state_->line.wake_next()) {
        --state_->value; // the permit is the woken one's from now on
    }
}

Condition::Condition(Lock lock) : state_(std::make_shared<State>(std::move(lock))) {}
bool Condition::locked() const noexcept { return state_->lock.locked(); }
Coro<> Condition::acquire() const { return state_->lock.acquire(); }
void Condition::release() const { state_->lock.release(); }
Coro<Scoped<Condition>> Condition::scoped() const { return hold(*this); }
Coro<> Condition::wait() const { return wait(*this); }
void Condition::notify_all() const { notify(std::numeric_limits<std::size_t>::max()); }

Coro<> Condition::wait(Condition self) {
    State& state = *self.state_;
    if (!self.locked()) {
        throw Error("cannot wait on a lock that is not acquired");
    }
    self.release();
    std::exception_ptr error;
    try {
        co_await state.line.wait(0);
    } catch (...) {
        error = std::current_exception();
    }
    for (bool acquired = false; !acquired;) { // whatever happens, the caller has the lock again
        try {
            co_await self.acquire();
            acquired = true;
        } catch (const CancelledError&) {
            error = std::make_exception_ptr(CancelledError());
        }
    }
    if (error) {
        std::rethrow_exception(error);
    }
    state.note("sync.take", 1);
}

void Condition::notify(std::size_t count) const {
    if (!locked()) {
        throw Error("cannot notify on a lock that is not acquired");
    }
    state_->note("sync.give", 1);
    while (count > 0 && state_->line.wake_next()) {
        --count;
    }
}

Barrier::Barrier(int parties) : state_(std::make_shared<State>()) {
    if (parties < 1) {
        throw ValueError("a barrier's parties must be > 0");
    }
    state_->parties = parties;
}

Coro<int> Barrier::wait() const { return wait(*this); }
Coro<> Barrier::reset() const { return reset(*this); }
Coro<> Barrier::abort() const { return abort(*this); }
int Barrier::parties() const noexcept { return state_->parties; }
int Barrier::n_waiting() const noexcept {
    return state_->phase == Phase::filling ? state_->inside : 0;
}
bool Barrier::broken() const noexcept { return state_->phase == Phase::broken; }

Coro<int> Barrier::wait(Barrier self) {
    State& state = *self.state_;
    const auto held = co_await state.changed.scoped();
    co_await state.changed.wait_for(
        [&state] { return state.phase == Phase::filling || state.phase == Phase::broken; });
    if (state.phase == Phase::broken) {
        throw BrokenBarrierError("the barrier was aborted");
    }
    const int index = state.inside++;
    std::exception_ptr error;
    try {
        if (index + 1 == state.parties) {
            state.phase = Phase::draining;
            state.changed.notify_all();
        } else {
            co_await state.changed.wait_for([&state] { return state.phase != Phase::filling; });
            if (state.phase != Phase::draining) {
                throw BrokenBarrierError("the barrier was aborted or reset");
            }
        }
    } catch (...) {
        error = std::current_exception();
    }
    if (--state.inside == 0) { // the last of a party lets in those who wait for the next
        state.phase = state.phase == Phase::broken ? Phase::broken : Phase::filling;
        state.changed.notify_all();
    }
    if (error) {
        std::rethrow_exception(error);
    }
    co_return index;
}

Coro<> Barrier::reset(Barrier self) {
    const auto held = co_await self.state_->changed.scoped();
    self.state_->phase = self.state_->inside > 0 ? Phase::resetting : Phase::filling;
    self.state_->changed.notify_all();
}

Coro<> Barrier::abort(Barrier self) {
    const auto held = co_await self.state_->changed.scoped();
    self.state_->phase = Phase::broken;
    self.state_->changed.notify_all();
}

void detail::QueueState::task_done() {
    if (unfinished == 0) {
        throw ValueError("task_done() was called too many times");
    }
    if (--unfinished == 0) {
        joiners.wake_all();
    }
}

Coro<> detail::QueueState::join(std::shared_ptr<QueueState> self) {
    if (self->unfinished > 0) {
        co_await self->joiners.wait(self->unfinished);
    }
}

} // namespace aio
