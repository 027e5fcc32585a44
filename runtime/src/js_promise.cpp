// js_promise.cpp: settling a promise, and who is told about a rejection that nobody handles.
#include "aio/js/promise.hpp"

namespace aio::js::detail {

void PromiseState::react(std::unique_ptr<Reaction> reaction) {
    if (!handled && rejected() && reported) {
        Queues::here().handled_late(Ref(this));
    }
    handled = true;
    if (pending()) {
        reactions_.push_back(std::move(reaction));
    } else {
        queue(std::move(reaction));
    }
}

void PromiseState::reject(std::exception_ptr e) {
    error = std::move(e);
    settle(Status::rejected);
    if (!handled) {
        Queues::here().rejected_unhandled(Ref(this));
    }
}

void PromiseState::settle(Status status) {
    AIO_EXPECTS(pending());
    status_ = status;
    leave();
    for (auto& reaction : std::exchange(reactions_, {})) {
        queue(std::move(reaction));
    }
}

void PromiseState::queue(std::unique_ptr<Reaction> reaction) {
    const char* label = reaction->label;
    Queues::here().add_microtask(
        [settled = Ref(this), reaction = std::move(reaction)] { reaction->run(*settled); }, label);
}

void PromiseState::move_reactions_to(std::vector<std::unique_ptr<Reaction>>& others) {
    std::move(reactions_.begin(), reactions_.end(), std::back_inserter(others));
    reactions_.clear();
}

} // namespace aio::js::detail
