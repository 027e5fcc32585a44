// event.hpp: a flag that tasks wait for.
//
// As all of this floor, an Event is a handle: copies name the same flag, so it can be passed by
// value to a task that lives longer than its maker.
//
// Floor 7.
#pragma once

#include "aio/waiting_line.hpp"

namespace aio {

/// A flag, at first not set. See: asyncio.Event.
class Event {
public:
    Event();
    bool is_set() const noexcept;
    /// Sets the flag and wakes all who wait, in the order in which they came. They go on even if
    /// the flag is cleared before they run.
    void set() const;
    void clear() const noexcept;
    /// Waits until the flag is set; not at all if it is.
    Coro<> wait() const;

private:
    static Coro<> wait(Event self);
    struct State : detail::Meeting {
        State() : Meeting("event") {}
        detail::WaitingLine line{*this};
        bool set = false;
    };
    std::shared_ptr<State> state_;
};

} // namespace aio
