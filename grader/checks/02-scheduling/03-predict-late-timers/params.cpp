// params.cpp: how the cases of 02-scheduling/03 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

#include <algorithm>

namespace exercise {

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{100ms, 200ms, 300ms}, 250ms, 100ms};
    }
    lab::Draw d(seed);
    const int kind = d.between(1, 100);
    const bool none_late = kind <= 12;
    const bool all_late = kind > 12 && kind <= 22;
    const bool some_late = kind > 22;

    auto timers = d.distinct_delays(d.between(some_late ? 3 : 2, 5), 100, 900);
    std::sort(timers.begin(), timers.end());
    const auto count = static_cast<int>(timers.size());
    const int late = none_late ? 0 : all_late ? count : d.between(2, count - 1);

    // The block ends behind the last of the late ones, or at the same instant.
    const auto from = late == 0 ? 50ms : timers[static_cast<std::size_t>(late) - 1];
    const auto to = all_late ? from + 200ms : timers[static_cast<std::size_t>(late)] - 10ms;
    const auto block = late > 0 && d.chance(40) ? from : d.delay(from, to);

    const auto last = timers.back();
    const auto after_block = std::max(last - block, 0ms);
    const bool tie = !all_late && d.chance(90);
    const auto main_sleep = tie ? after_block : after_block + d.delay(20, 300);

    const auto in_order = [&] {
        std::vector<std::chrono::milliseconds> group;
        for (const auto timer : timers) {
            if (none_late || timer <= block) {
                group.push_back(timer);
            }
        }
        return std::is_sorted(group.begin(), group.end());
    };
    do {
        d.shuffle(timers);
    } while (in_order());
    return {timers, block, main_sleep};
}

} // namespace exercise
