// asyncio_world.cpp: time moves to the loop's next timer, or to the next event outside it.
#include "asyncio_world.hpp"

namespace conformance {

aio::Idle World::idle(aio::Seat /*seat*/, std::optional<aio::time_point> deadline,
                      bool /*watching*/, const Sleep& /*sleep*/) {
    const bool event_first =
        !events_.empty() && (!deadline || events_.begin()->first.first <= *deadline);
    if (!deadline && !event_first) {
        return aio::Idle::nothing_left;
    }
    move_to(event_first ? events_.begin()->first.first : *deadline);
    return event_first ? aio::Idle::woken : aio::Idle::deadline;
}

void World::after(aio::duration delay, std::function<void()> event) {
    if (delay <= aio::duration::zero()) {
        event();
        return;
    }
    events_.emplace(std::pair(now_ + delay, ++last_), std::move(event));
}

void World::move_to(aio::time_point when) {
    while (!events_.empty() && events_.begin()->first.first <= when) {
        const auto next = events_.extract(events_.begin());
        now_ = std::max(now_, next.key().first);
        next.mapped()();
    }
    now_ = std::max(now_, when);
}

} // namespace conformance
