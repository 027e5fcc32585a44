// loop.hpp: the model's queue, timers and time; of tasks it knows nothing.
#pragma once

#include "model/switches.hpp"
#include "pools.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <utility>
#include <vector>

namespace lab::model {

/// Runs callbacks in turns (rules R5 to R8).
class Loop {
public:
    using Callback = std::function<void()>;
    using Number = std::size_t; ///< names a callback; 0 names none

    Loop(const Switches& switches, Pools& pools) : switches_(switches), pools_(pools) {}

    ms now() const { return now_; }

    /// Puts a callback at the back of the ready queue.
    Number soon(Callback callback);
    /// The same for what has no delay, such as sleep(0): `zero_first` puts it to the front.
    Number soon_without_delay(Callback callback);
    /// Files a callback for later. `sleeper`: it wakes a sleeping task.
    Number later(ms delay, Callback callback, bool sleeper = false);
    /// Appends a callback before all else on the next turn (R7), as other threads may.
    void post(Callback callback) { posts_.push_back(std::move(callback)); }
    /// News from outside comes at that date: after posts, before timers.
    void arrive_at(ms when, Callback callback);
    /// Takes a callback back, also when it is ready already.
    void cancel(Number number);

    /// Time passes and the thread does nothing else; workers work.
    void block(ms span);
    /// The same until `over`, which a job brings about.
    void block_until(const std::function<bool()>& over);
    /// The loop is closed: jobs that nobody waits for run to their ends.
    void let_jobs_end();
    /// A task goes to sleep: under `global_sleep` those who sleep already sleep longer.
    void push_back_sleepers(ms span);

    /// One turn. Returns: false if nothing is left that could ever happen.
    bool turn();

private:
    struct Ready {
        Number number;
        Callback callback; ///< empty: cancelled
    };
    struct Timer {
        Number number; ///< grows: the age
        ms deadline;
        Callback callback;
        bool sleeper;
    };
    using Timers = std::vector<Timer>;
    struct Arrival {
        ms when;
        Callback callback;
    };

    Timers::iterator next_timer();
    void make_ready(Timers::iterator timer);
    void run_next(std::deque<Ready>& queue);
    void run_timers_before(ms end);
    void pass_until(ms end);
    bool wait_for_something();
    bool has_ready() const { return !ready_.empty() || !front_.empty() || !posts_.empty(); }
    void interrupt_with(std::deque<Arrival>::iterator arrival);

    const Switches& switches_;
    Pools& pools_;
    ms now_{0};
    Number last_number_ = 0;
    std::deque<Ready> ready_;
    std::deque<Ready> front_; ///< zero_first: what jumps the queue
    std::deque<Callback> posts_;
    std::deque<Arrival> arrivals_; ///< by date, equal ones in the order of the calls
    Timers timers_;                ///< in order of age
};

} // namespace lab::model
