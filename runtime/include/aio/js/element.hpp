// element.hpp: something that can be clicked, by the user or by code.
//
// The same listeners, two stacks. A user's click is a task of its own that calls each listener from
// an empty stack, so the microtasks of one run before the next. click() calls them from inside its
// caller: microtasks wait until the outermost caller is done.
//
// Floor 4: beside futures, below coroutines.
#pragma once

#include "aio/js/queues.hpp"

#include <memory>

namespace aio::js {

/// A button, say. Copies name the same element.
class Element {
public:
    Element();
    /// Calls `listener` at each click that begins after this, behind those added before.
    void add_event_listener(std::function<void()> listener) const;

    /// Calls all listeners, and returns. An exception of one goes to the loop's exception handler,
    /// and the next one is called. Throws: Error if no loop runs on this thread.
    void click() const;

    /// The user will click in `delay`: a task of its own. Throws: Error if no loop runs on this
    /// thread.
    void user_clicks(duration delay = duration::zero()) const;

private:
    std::shared_ptr<detail::Listeners> listeners_;
};

} // namespace aio::js
