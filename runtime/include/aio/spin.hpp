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

#include <atomic>
#include <functional>

namespace aio::detail {

/// One thread's bets on the near future.
class Spinner {
public:
    /// Looks at `sign` until it is set, for at most `limit`; every 10 us it calls `glance`, if
    /// there is one, to look elsewhere. Returns: whether `sign` is set, or `glance` has found
    /// something; false at once with one processor, or after too many waits for nothing.
    bool wait(const std::atomic<bool>& sign, duration limit, const std::function<bool()>& glance);

private:
    bool lost();
    int losses_ = 0; ///< one after another
    int rest_ = 0;   ///< waits not to try
};

} // namespace aio::detail
