// asyncio_world.hpp: what lies outside a scenario's loop: a clock that jumps, events, executors.
#pragma once

#include <aio/aio.hpp>

#include <deque>
#include <functional>
#include <map>
#include <utility>

namespace conformance {

/// A clock that jumps, and the events of an outside world that happen on the way.
class World final : public aio::Clock {
public:
    aio::time_point now() override { return now_; }
    aio::Idle idle(aio::Seat seat, std::optional<aio::time_point> deadline, bool watching,
                   const Sleep& sleep) override;
    void block(aio::duration span) override { move_to(now_ + span); }

    /// Effects: `event` happens after `delay`; those of one moment in the order in which they were
    /// announced.
    void after(aio::duration delay, std::function<void()> event);

private:
    void move_to(aio::time_point when);

    aio::time_point now_{};
    std::uint64_t last_ = 0;
    std::map<std::pair<aio::time_point, std::uint64_t>, std::function<void()>> events_;
};

} // namespace conformance
