// clock.cpp: the real clock waits, the virtual clock jumps.
#include "aio/clock.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "aio/trace.hpp"

namespace aio {

RealClock::RealClock() : start_(std::chrono::steady_clock::now()) {}

time_point RealClock::now() { return time_point(std::chrono::steady_clock::now() - start_); }

Idle RealClock::idle(Seat /*seat*/, std::optional<time_point> deadline, bool /*watching*/,
                     const Sleep& sleep) {
    if (!deadline) {
        sleep(std::nullopt);
        return Idle::woken;
    }
    const time_point present = now();
    const duration left = std::max(*deadline, present) - present;
    return sleep(left) ? Idle::woken : Idle::deadline;
}

void RealClock::block(duration span) { std::this_thread::sleep_for(span); }

struct VirtualClock::State {
    struct Waiter {
        std::optional<time_point> deadline;
        bool poked = false; ///< woken from outside
        bool stuck = false; ///< told that nothing can happen any more
    };

    std::mutex mutex;
    std::condition_variable turn_changed;
    std::map<Seat, Waiter> seats; ///< ordered by creation, which decides ties (R14)
    Seat last_seat = 0;
    Seat turn = 0; ///< whose turn it is, 0: nobody's
    int holds = 0;
    std::atomic<time_point> now = time_point{}; ///< changed under the mutex, read without

    void hand_over();
    void give_turn(Seat seat) {
        turn = seat;
        turn_changed.notify_all();
    }
    void wait_for_turn(std::unique_lock<std::mutex>& lock, Seat seat) {
        hand_over();
        turn_changed.wait(lock, [&] { return turn == seat; });
    }
};

// Gives the turn to the first seat, in order of creation, that has something to do now; if none
// has, and nobody holds the clock, time moves to the earliest deadline.
void VirtualClock::State::hand_over() {
    if (turn != 0) {
        return;
    }
    std::optional<time_point> earliest;
    for (auto& [seat, waiter] : seats) {
        if (waiter.poked || (waiter.deadline && *waiter.deadline <= now.load())) {
            give_turn(seat);
            return;
        }
        if (waiter.deadline && (!earliest || *waiter.deadline < *earliest)) {
            earliest = waiter.deadline;
        }
    }
    if (holds > 0 || seats.empty()) {
        return;
    }
    if (earliest) {
        AIO_TRACE("clock.advance", {{"from", now.load().time_since_epoch().count() / 1000},
                                    {"to", earliest->time_since_epoch().count() / 1000},
                                    {"why", "timer"}});
        now = *earliest;
        hand_over();
        return;
    }
    seats.begin()->second.stuck = true; // nothing can ever happen: the first loop is told so
    give_turn(seats.begin()->first);
}

VirtualClock::VirtualClock() : state_(std::make_unique<State>()) {}
VirtualClock::~VirtualClock() = default;

time_point VirtualClock::now() { return state_->now; }

Seat VirtualClock::enter() {
    std::unique_lock lock(state_->mutex);
    const Seat seat = ++state_->last_seat;
    state_->seats.emplace(seat, State::Waiter{.deadline = now()});
    state_->wait_for_turn(lock, seat);
    return seat;
}

void VirtualClock::leave(Seat seat) {
    const std::lock_guard lock(state_->mutex);
    state_->seats.erase(seat);
    if (state_->turn == seat) {
        state_->turn = 0;
        state_->hand_over();
    }
}

void VirtualClock::poke(Seat seat) {
    const std::lock_guard lock(state_->mutex);
    if (const auto found = state_->seats.find(seat); found != state_->seats.end()) {
        found->second.poked = true;
        state_->hand_over();
    }
}

void VirtualClock::block(duration span) {
    const std::lock_guard lock(state_->mutex);
    state_->now = std::min(now() + std::clamp(span, duration::zero(), longest_delay), end_of_time);
}

Idle VirtualClock::idle(Seat seat, std::optional<time_point> deadline, bool watching,
                        const Sleep& sleep) {
    if (watching && sleep(duration::zero())) {
        return Idle::woken;
    }
    std::unique_lock lock(state_->mutex);
    if (watching && !deadline && state_->seats.size() == 1 && state_->holds == 0) {
        lock.unlock(); // only the kernel can have news: a real wait
        sleep(std::nullopt);
        return Idle::woken;
    }
    State::Waiter& waiter = state_->seats.at(seat);
    waiter.deadline = deadline;
    state_->turn = 0;
    state_->wait_for_turn(lock, seat);
    if (std::exchange(waiter.stuck, false)) {
        return Idle::nothing_left;
    }
    return std::exchange(waiter.poked, false) ? Idle::woken : Idle::deadline;
}

VirtualClock::Hold::Hold(VirtualClock& clock) : clock_(clock) {
    const std::lock_guard lock(clock_.state_->mutex);
    ++clock_.state_->holds;
}

VirtualClock::Hold::~Hold() {
    const std::lock_guard lock(clock_.state_->mutex);
    --clock_.state_->holds;
    clock_.state_->hand_over();
}

namespace {
Clock* chosen_clock = nullptr;
} // namespace

Clock& default_clock() {
    static RealClock real;
    return chosen_clock != nullptr ? *chosen_clock : real;
}

void set_default_clock(Clock* clock) noexcept { chosen_clock = clock; }

} // namespace aio
