// timers.hpp: the life of each timer of a run, for checks that ask what is left in the drawer.
#pragma once
#include <judge/check.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace exercise {

/// One timer, from the event that set it to the one after which it is no longer there.
struct Timer {
    lab::ms set_at, when;
    std::size_t first;      ///< index of its handle.add
    std::size_t last;       ///< index of the event that ended it; that of the run's end if none did
    bool cancelled = false; ///< it never ran
    bool ran = false;
};

/// Returns: the timers of a run in the order in which they were set, without the first `known`,
/// which are the driver's.
inline std::vector<Timer> timers_of(const lab::Run& run, std::size_t known) {
    const auto& events = run.events();
    std::vector<Timer> timers;
    std::map<std::int64_t, std::size_t> by_handle; ///< index of a timer that is still there
    std::map<std::int64_t, std::int64_t> moved;    ///< place in the ready queue to handle
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto& event = events[i];
        const std::int64_t h = event.number("h");
        if (event.ev == "handle.add" && event.text("kind") == "timer") {
            by_handle[h] = timers.size();
            timers.push_back(
                {lab::ms(event.t / 1000), lab::ms(event.number("when") / 1000), i, events.size()});
        } else if (event.ev == "handle.ready") {
            moved[event.number("as")] = h;
        } else if (event.ev == "handle.cancel" && by_handle.contains(h)) {
            timers[by_handle[h]].last = i;
            timers[by_handle[h]].cancelled = true;
            by_handle.erase(h);
        } else if (event.ev == "handle.begin" && moved.contains(h)) {
            if (const auto found = by_handle.find(moved[h]); found != by_handle.end()) {
                timers[found->second].last = i;
                timers[found->second].ran = true;
                by_handle.erase(found);
            }
            moved.erase(h);
        }
    }
    timers.erase(timers.begin(),
                 timers.begin() + static_cast<std::ptrdiff_t>(std::min(known, timers.size())));
    return timers;
}

/// Returns: how many of the timers are there at event number `index`.
inline std::size_t alive_at(const std::vector<Timer>& timers, std::size_t index) {
    return static_cast<std::size_t>(
        std::count_if(timers.begin(), timers.end(), [index](const Timer& timer) {
            return timer.first <= index && index < timer.last;
        }));
}

/// Returns: the largest number of timers that are there together when a callback has ended. (Within
/// a callback the new one may be set before the old one is cancelled.)
inline std::size_t most_alive(const lab::Run& run, const std::vector<Timer>& timers) {
    std::size_t most = 0;
    for (std::size_t i = 0; i < run.events().size(); ++i) {
        if (run.events()[i].ev == "handle.end") {
            most = std::max(most, alive_at(timers, i));
        }
    }
    return most;
}

} // namespace exercise
