// js_element.cpp: who calls the listeners of a click, and when microtasks run between them.
#include "aio/js/element.hpp"

#include <algorithm>

namespace aio::js {

struct Element::Listener {
    ListenerId id;
    std::function<void()> function;
    bool removed = false;
};

struct Element::State {
    std::vector<std::shared_ptr<Listener>> listeners;
    ListenerId last_id = 0;
};

Element::Element() : state_(std::make_shared<State>()) {}

ListenerId Element::add_event_listener(std::function<void()> listener) const {
    state_->listeners.push_back(
        std::make_shared<Listener>(Listener{++state_->last_id, std::move(listener)}));
    return state_->last_id;
}

bool Element::remove_event_listener(ListenerId id) const {
    const auto found = std::ranges::find(state_->listeners, id, &Listener::id);
    if (found == state_->listeners.end()) {
        return false;
    }
    (*found)->removed = true; // a click under way has a copy of the list
    state_->listeners.erase(found);
    return true;
}

void Element::click() const { call_listeners(state_, false); }

void Element::user_clicks(duration delay) const {
    get_running_loop().call_later(delay, [element = state_] { call_listeners(element, true); });
}

void Element::call_listeners(const std::shared_ptr<State>& element, bool by_user) {
    detail::Queues& queues = detail::Queues::here();
    const auto listeners = element->listeners; // a copy: those added from here on wait for the next
    for (const auto& listener : listeners) {
        if (listener->removed) {
            continue;
        }
        AIO_TRACE("stack.push", {{"frame", listener->id}, {"fn", "listener"}});
        queues.call("listener", listener->function);
        AIO_TRACE("stack.pop", {{"frame", listener->id}});
        if (by_user) {
            queues.drain();
        }
    }
}

} // namespace aio::js
