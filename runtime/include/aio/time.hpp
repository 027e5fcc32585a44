// time.hpp: instants and durations, as types that cannot be mixed up.
//
// A loop has a time line of its own, which begins at zero. Its instants are no wall-clock dates, so
// they get a clock tag of their own: adding one to a date, or passing a delay where an instant is
// asked for, does not compile.
//
// Floor 0.
#pragma once

#include <chrono>

namespace aio {

using namespace std::chrono_literals;

/// A span of time. All of std::chrono's literals convert to it: 250ms, 2s.
using duration = std::chrono::nanoseconds;

/// Milliseconds, the unit of lessons and transcripts.
using ms = std::chrono::milliseconds;

/// The tag of the loop's time line. It has no now(): only a Clock can say what time it is.
struct LoopTime {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<LoopTime>;
    static constexpr bool is_steady = true;
};

/// An instant on the loop's time line, in nanoseconds since its beginning.
using time_point = LoopTime::time_point;

/// The longest delay, and the end of every time line: sums of the two do not overflow.
inline constexpr duration longest_delay = std::chrono::hours(24 * 365 * 100);
inline constexpr time_point end_of_time{std::chrono::hours(24 * 365 * 190)};

} // namespace aio
