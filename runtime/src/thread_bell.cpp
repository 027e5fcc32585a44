// thread_bell.cpp: a thread waits, on a clock of either kind, until another one rings.
#include "aio/clock.hpp"
#include "aio/error.hpp"

#include <condition_variable>
#include <mutex>

namespace aio {

struct ThreadBell::State {
    std::mutex mutex;
    std::condition_variable changed;
    bool rung = false;
    Clock* clock = nullptr; ///< where somebody waits
    Seat seat = 0;
};

ThreadBell::ThreadBell() : state_(std::make_unique<State>()) {}
ThreadBell::~ThreadBell() = default;

bool ThreadBell::wait(Clock& clock, std::optional<time_point> deadline) {
    State& bell = *state_;
    const Place place(clock);
    const Clock::Sleep sleep = [&bell](std::optional<duration> limit) {
        std::unique_lock lock(bell.mutex);
        const auto rung = [&bell] { return bell.rung; };
        if (!limit) {
            bell.changed.wait(lock, rung);
            return true;
        }
        return bell.changed.wait_for(lock, *limit, rung);
    };
    for (Idle how = Idle::woken;; how = clock.idle(place.seat(), deadline, false, sleep)) {
        const std::lock_guard lock(bell.mutex);
        const bool over = bell.rung || how == Idle::deadline || how == Idle::nothing_left;
        bell.clock = over ? nullptr : &clock;
        bell.seat = place.seat();
        if (how == Idle::nothing_left && !bell.rung) {
            throw DeadlockError("this thread waits for a sign that can never come");
        }
        if (over) {
            return bell.rung;
        }
    }
}

void ThreadBell::ring() {
    const std::lock_guard lock(state_->mutex);
    state_->rung = true;
    state_->changed.notify_all();
    if (state_->clock != nullptr) {
        state_->clock->poke(state_->seat);
    }
}

} // namespace aio
