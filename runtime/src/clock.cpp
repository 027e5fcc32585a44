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

namespace {

constexpr Seat first_loop = Seat{1} << 63; // the seats of jobs and guests come before

/// Where a thread sits, and where it sat before: a job may run a loop on a clock of its own.
struct Chair {
    VirtualClock* clock = nullptr;
    Seat seat = 0;
};
thread_local Chair chair_here;

} // namespace

struct VirtualClock::State {
    struct Waiter {
        std::optional<time_point> deadline;
        const char* why = "timer"; ///< what a move of time to its deadline is called
        bool is_job = false;
        bool watching = false; ///< the kernel may have news for it
        bool deaf = false;     ///< in block(): posts do not wake it
        bool poked = false;    ///< woken from outside
        bool stuck = false;    ///< told that nothing can happen any more
        bool lent_hold = false;
        int visits = 1; ///< how often its thread has sat down
        Chair outer;
        std::condition_variable has_turn;
    };
    using Seats = std::map<Seat, Waiter>; ///< in the order that decides ties (R9, R14)

    std::mutex mutex;
    std::condition_variable empty;
    Seats seats;
    Seat last_seat = 0;
    Seat turn = 0; ///< whose turn it is, 0: nobody's
    int holds = 0;
    bool closing = false;
    std::atomic<time_point> now = time_point{}; ///< changed under the mutex, read without

    void hand_over();
    bool attended() const {
        return closing || std::any_of(seats.begin(), seats.end(),
                                      [](const auto& seat) { return !seat.second.is_job; });
    }
    void give_turn(Seats::iterator to) {
        turn = to->first;
        to->second.has_turn.notify_one();
    }
    void wait_for_turn(std::unique_lock<std::mutex>& lock, Seat seat) {
        if (turn == seat) {
            turn = 0;
        }
        hand_over();
        seats.at(seat).has_turn.wait(lock, [&] { return turn == seat; });
    }
    Waiter& sit_down(VirtualClock& clock, Seat seat) {
        Waiter& waiter = seats[seat];
        waiter.outer = std::exchange(chair_here, {&clock, seat});
        return waiter;
    }
};

// Gives the turn to the first seat that has something to do now; if none has, and nobody holds the
// clock, time moves to the earliest deadline.
void VirtualClock::State::hand_over() {
    if (turn != 0 || !attended()) {
        return;
    }
    auto earliest = seats.end();
    for (auto seat = seats.begin(); seat != seats.end(); ++seat) {
        const Waiter& waiter = seat->second;
        if ((waiter.poked && !waiter.deaf) || (waiter.deadline && *waiter.deadline <= now.load())) {
            give_turn(seat);
            return;
        }
        if (waiter.deadline &&
            (earliest == seats.end() || *waiter.deadline < *earliest->second.deadline)) {
            earliest = seat;
        }
    }
    if (holds > 0 || seats.empty()) {
        return;
    }
    if (earliest == seats.end()) { // nothing can ever happen, unless the kernel has news
        const auto watcher = std::find_if(seats.begin(), seats.end(),
                                          [](const auto& seat) { return seat.second.watching; });
        const auto told = watcher != seats.end() ? watcher : seats.begin();
        told->second.stuck = true;
        give_turn(told);
        return;
    }
    const time_point then = *earliest->second.deadline;
    AIO_TRACE("clock.advance", {{"from", now.load().time_since_epoch().count() / 1000},
                                {"to", then.time_since_epoch().count() / 1000},
                                {"why", earliest->second.why}});
    now = then;
    give_turn(earliest);
}

VirtualClock::VirtualClock() : state_(std::make_unique<State>()) {}

VirtualClock::~VirtualClock() {
    std::unique_lock lock(state_->mutex);
    state_->closing = true;
    state_->hand_over();
    if (chair_here.clock != this) { // else std::exit in a callback ends us: nobody will get up
        state_->empty.wait(lock, [this] { return state_->seats.empty(); });
    }
}

time_point VirtualClock::now() { return state_->now; }

Seat VirtualClock::enter(std::uint64_t loop) {
    std::unique_lock lock(state_->mutex);
    if (chair_here.clock == this) {
        ++state_->seats.at(chair_here.seat).visits;
        return chair_here.seat;
    }
    const Seat seat = first_loop | loop;
    state_->sit_down(*this, seat).deadline = now();
    state_->wait_for_turn(lock, seat);
    return seat;
}

Seat VirtualClock::reserve() {
    const std::lock_guard lock(state_->mutex);
    State::Waiter& job = state_->seats[++state_->last_seat];
    job.deadline = now();
    job.is_job = true;
    return state_->last_seat;
}

void VirtualClock::take(Seat seat) {
    std::unique_lock lock(state_->mutex);
    state_->sit_down(*this, seat);
    state_->wait_for_turn(lock, seat);
}

Seat VirtualClock::visit() {
    const std::lock_guard lock(state_->mutex);
    if (chair_here.clock == this) {
        ++state_->seats.at(chair_here.seat).visits;
        return chair_here.seat;
    }
    const Seat seat = ++state_->last_seat;
    State::Waiter& guest = state_->sit_down(*this, seat);
    guest.deadline = now(); // it does something until it says what it waits for
    guest.lent_hold = state_->holds > 0;
    state_->holds -= guest.lent_hold ? 1 : 0;
    return seat;
}

void VirtualClock::leave(Seat seat) {
    const std::lock_guard lock(state_->mutex);
    State::Waiter& waiter = state_->seats.at(seat);
    if (--waiter.visits > 0) {
        return;
    }
    chair_here = waiter.outer;
    state_->holds += waiter.lent_hold ? 1 : 0;
    state_->seats.erase(seat);
    if (state_->turn == seat) {
        state_->turn = 0;
    }
    state_->hand_over();
    if (state_->seats.empty()) {
        state_->empty.notify_all();
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
    const Place place(*this);
    std::unique_lock lock(state_->mutex);
    State::Waiter& waiter = state_->seats.at(place.seat());
    waiter.deadline =
        std::min(now() + std::clamp(span, duration::zero(), longest_delay), end_of_time);
    waiter.why = waiter.is_job ? "worker" : "block";
    waiter.deaf = true;
    state_->wait_for_turn(lock, place.seat());
    waiter.deaf = false;
}

Idle VirtualClock::idle(Seat seat, std::optional<time_point> deadline, bool watching,
                        const Sleep& sleep) {
    if (watching && sleep(duration::zero())) {
        return Idle::woken;
    }
    std::unique_lock lock(state_->mutex);
    State::Waiter& waiter = state_->seats.at(seat);
    waiter.deadline = deadline;
    waiter.why = "timer";
    waiter.watching = watching;
    state_->wait_for_turn(lock, seat);
    if (std::exchange(waiter.stuck, false)) {
        if (!watching) {
            return Idle::nothing_left;
        }
        lock.unlock(); // only the kernel can have news: a real wait
        sleep(std::nullopt);
        return Idle::woken;
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

Clock& current_clock() {
    return detail::clock_here != nullptr ? *detail::clock_here : default_clock();
}

} // namespace aio
