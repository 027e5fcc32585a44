// element.hpp: something that can be clicked, by the user or by code.
//
// The same listeners, two stacks. A user's click is a task of its own that calls each listener from
// an empty stack, so the microtasks of one run before the next. click() calls them from inside its
// caller: the stack is not empty until the outermost caller is done, and microtasks wait for that.
//
// Floor 4: beside futures, below coroutines.
#pragma once

#include "aio/js/queues.hpp"

#include <memory>

namespace aio::js {

/// Names a listener, for remove_event_listener(). 0 names none.
using ListenerId = std::uint64_t;

/// A button, say. Copies name the same element.
class Element {
public:
    Element();

    /// Calls `listener` at each click, after those that were added before.
    ListenerId add_event_listener(std::function<void()> listener) const;
    /// Effects: it is not called any more, also by a click that is under way. Returns: false if
    /// there is no such listener.
    bool remove_event_listener(ListenerId id) const;

    /// Calls all listeners that exist now, and returns. An exception of one goes to the loop's
    /// exception handler, and the next one is called. Throws: Error if no loop runs on this thread.
    void click() const;

    /// The user will click in `delay`: a task of its own. Throws: Error if no loop runs on this
    /// thread.
    void user_clicks(duration delay = duration::zero()) const;

private:
    struct Listener;
    struct State;
    static void call_listeners(const std::shared_ptr<State>& element, bool by_user);
    std::shared_ptr<State> state_;
};

} // namespace aio::js
