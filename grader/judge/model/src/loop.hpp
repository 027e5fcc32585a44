// loop.hpp: the model's queue, timers and time; of tasks it knows nothing.
#pragma once

#include "model/program.hpp"
#include "model/switches.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace lab::model {

/// Runs callbacks in turns (rules R5 to R8).
class Loop {
public:
    using Callback = std::function<void()>;
    using Number = std::size_t; ///< names a callback; 0 names none

    explicit Loop(const Switches& switches) : switches_(switches) {}

    ms now() const { return now_; }

    /// Puts a callback at the back of the ready queue.
    Number soon(Callback callback);
    /// The same for what has no delay, such as sleep(0): `zero_first` puts it to the front.
    Number soon_without_delay(Callback callback);
    /// Files a callback for later. `sleeper`: it wakes a sleeping task.
    Number later(ms delay, Callback callback, bool sleeper = false);
    /// Takes a callback back, also when it is ready already.
    void cancel(Number number);

    /// Time passes and the thread does nothing else.
    void block(ms span);
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

    Timers::iterator next_timer();
    void make_ready(Timers::iterator timer);
    void run_next(std::deque<Ready>& queue);
    void run_timers_before(ms end);

    const Switches& switches_;
    ms now_{0};
    Number last_number_ = 0;
    std::deque<Ready> ready_;
    std::deque<Ready> front_; ///< zero_first: what jumps the queue
    Timers timers_;           ///< in order of age
};

} // namespace lab::model
