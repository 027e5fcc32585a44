// tick_clock.cpp: what time is it, at most? Asked of the processor, which is quicker than the
// kernel.
//
// A timer begins with a look at the clock, and that look costs more than the rest of the timer. The
// kernel's answer is a count of the processor's ticks, made exact: it waits until earlier
// instructions are done, and corrects the rate. A delay needs less: an instant that is not too
// early. So each thread looks at the kernel's clock every million ticks, about three times in a
// millisecond, and counts ticks in between, at a rate that is a little too high. Two microseconds
// late is the worst that this does; early is what it never does.
#include "aio/clock.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace aio {
namespace {

using Steady = std::chrono::steady_clock;

#if defined(__x86_64__)
std::uint64_t ticks() noexcept { return __rdtsc(); }
#else
std::uint64_t ticks() noexcept { return 0; }
#endif

/// Returns: whether the kernel trusts the processor's ticks: the same on all cores, at one rate.
bool ticks_are_time() {
    static const bool trusted = [] {
        std::ifstream file("/sys/devices/system/clocksource/clocksource0/current_clocksource");
        std::string name;
        return ticks() != 0 && file >> name && name == "tsc";
    }();
    return trusted;
}

/// What a thread knows of its processor's ticks.
class TickClock {
public:
    Steady::time_point now_or_just_after() {
        const std::uint64_t passed = ticks() - begin_;
        if (passed >= usable_) [[unlikely]] {
            return not_back(look());
        }
        return not_back(time_ + duration(static_cast<std::int64_t>(passed * rate_ >> rate_bits)));
    }

private:
    static constexpr std::uint64_t window = 1 << 20; ///< ticks between looks
    static constexpr std::uint64_t forgotten = 1ULL
                                               << 32; ///< so long ago that much may have happened
    static constexpr std::uint64_t quick = 1 << 12;   ///< an undisturbed look at the kernel's clock
    static constexpr unsigned rate_bits = 32;

    Steady::time_point not_back(Steady::time_point time) { return last_ = std::max(last_, time); }

    Steady::time_point look() {
        if (!ticks_are_time()) {
            return Steady::now();
        }
        const std::uint64_t before = ticks();
        const Steady::time_point time = Steady::now();
        const std::uint64_t after = ticks();
        const std::uint64_t passed = before - end_; // fewer than in truth: so the rate is too high
        if (passed < window) {
            return time; // too short to measure a rate
        }
        usable_ = 0;
        if (passed < forgotten && after - before < quick) {
            const auto spent = static_cast<double>((time - time_).count());
            constexpr double clocks_may_be_slowed = 1 + 1.0 / 256; // NTP does so by 1/2000
            rate_ = static_cast<std::uint64_t>(spent * clocks_may_be_slowed *
                                               static_cast<double>(std::uint64_t{1} << rate_bits) /
                                               static_cast<double>(passed)) +
                    1;
            usable_ = window;
        }
        begin_ = before;
        end_ = after;
        time_ = time;
        return time;
    }

    std::uint64_t begin_ = 0;  ///< ticks before the last look, from which windows are counted ...
    std::uint64_t end_ = 0;    ///< ... and after it
    std::uint64_t usable_ = 0; ///< ticks from `begin_` for which `rate_` holds
    std::uint64_t rate_ = 0;   ///< nanoseconds per tick, times 2^32
    Steady::time_point time_{};
    Steady::time_point last_{}; ///< what was answered
};

thread_local constinit TickClock tick_clock;

} // namespace

time_point RealClock::now_or_just_after() {
    return time_point(tick_clock.now_or_just_after() - start_);
}

} // namespace aio
