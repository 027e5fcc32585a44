// handle.hpp: what call_soon and call_later give back, to take the call back.
//
// A handle names its callback by numbers: the loop's, the place's and the callback's own. No number
// is ever used again, so a handle that outlives its callback, or its loop, cancels nothing. Whoever
// drops a handle has paid nothing for it.
//
// Floor 1.
#pragma once

#include "aio/time.hpp"

#include <cstdint>

namespace aio {

/// A callback in the ready queue.
class Handle {
public:
    Handle() noexcept = default;
    Handle(std::uint64_t loop, void* record, std::uint64_t sequence) noexcept
        : loop_(loop), record_(record), sequence_(sequence) {}

    /// Effects: the callback will not run, and what it captured is destroyed now.
    /// Returns: false if it ran already, was cancelled already, or its loop is gone.
    /// Requires: called on the loop's own thread. Complexity: O(1).
    bool cancel();

private:
    std::uint64_t loop_ = 0;
    void* record_ = nullptr;
    std::uint64_t sequence_ = 0;
};

/// A callback that waits for its deadline.
class TimerHandle {
public:
    TimerHandle() noexcept = default;
    TimerHandle(std::uint32_t loop, std::uint32_t slot, std::uint64_t sequence,
                time_point when) noexcept
        : loop_(loop), slot_(slot), sequence_(sequence), when_(when) {}

    /// As Handle::cancel(); it also works between the deadline and the callback's turn. Complexity:
    /// O(1).
    bool cancel();

    /// Returns: the deadline, on the loop's time line.
    time_point when() const noexcept { return when_; }

private:
    std::uint32_t loop_ = 0; ///< in 32 bits, as handles are often kept by the thousand
    std::uint32_t slot_ = 0;
    std::uint64_t sequence_ = 0;
    time_point when_{};
};

} // namespace aio
