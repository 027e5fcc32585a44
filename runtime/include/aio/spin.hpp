// spin.hpp: look again and again for a moment, before going to sleep.
//
// Putting a thread to sleep and waking it costs some microseconds on a good day, and many more on a
// virtual machine, whose idle processors have to be woken as well. Who expects an answer within
// that time does better to wait awake. It is a bet: lost, the time is lost too, and taken from
// whoever wanted the processor, perhaps from the very thread that is to answer. So the stake is
// limited, and after some lost bets none is made for a while.
//
// Floor 1.
#pragma once

#include "aio/time.hpp"

namespace aio::detail {

/// One thread's bets on the near future.
class Spinner {
public:
    /// Asks `sign` until it says true, for at most `limit`; every 10 us it asks `glance`, which may
    /// cost more. Returns: whether one did; false at once with one processor, or after too many
    /// waits for nothing.
    template <class Sign, class Glance> bool wait(Sign sign, duration limit, Glance glance) {
        if (!begin()) {
            return false;
        }
        do {
            for (int i = 0; i < 16; ++i) { // so a quick answer costs no look at a clock
                if (sign()) {
                    return won();
                }
                relax();
            }
            if (glance_due_ && glance()) {
                return won();
            }
        } while (goes_on(limit));
        return false;
    }

    /// Waits for about two microseconds, if there is another processor.
    static void pause();

private:
    bool begin();
    bool goes_on(duration limit); ///< counts a loss when the time is over
    bool won() noexcept {
        losses_ = 0;
        return true;
    }
    static void relax() noexcept { // lets the other half of the processor's core work
#if defined(__x86_64__) || defined(__i386__)
        __builtin_ia32_pause();
#elif defined(__aarch64__)
        asm volatile("yield");
#endif
    }

    int losses_ = 0;   ///< one after another
    int rest_ = 0;     ///< waits not to try
    time_point end_{}; ///< of this wait, from its first look at the clock on
    time_point next_glance_{};
    bool glance_due_ = false;
};

} // namespace aio::detail
