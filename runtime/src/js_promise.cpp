// js_promise.cpp: settling a promise, and who is told about a rejection that nobody handles.
#include "aio/js/async.hpp"

namespace aio::js::detail {
namespace {

void queue(Ref<PromiseState> settled, PromiseState::Reaction reaction, const char* label) {
    auto run = [settled = std::move(settled), reaction = std::move(reaction)] {
        reaction(*settled);
    };
    Queues::here().add_microtask(std::move(run), label);
}

} // namespace

PromiseState::PromiseState()
    : queues_(&Queues::here()), place_(queues_->pending.insert(queues_->pending.end(), this)) {}

PromiseState::~PromiseState() { leave(); }

void PromiseState::leave() noexcept {
    if (queues_ != nullptr) {
        std::exchange(queues_, nullptr)->pending.erase(place_);
    }
}

void PromiseState::react(Reaction reaction, const char* label) {
    if (rejected() && reported && !handled) {
        Queues::here().handled_late.emplace_back(this);
    }
    handled = true;
    if (settled) {
        queue(Ref(this), std::move(reaction), label);
    } else {
        reactions.emplace_back(std::move(reaction), label);
    }
}

void PromiseState::reject(std::exception_ptr e) {
    AIO_EXPECTS(e != nullptr);
    error = std::move(e);
    settle();
    if (!handled) {
        Queues::here().unhandled.emplace_back(this);
    }
}

void PromiseState::settle() {
    AIO_EXPECTS(!settled);
    settled = true;
    leave();
    for (auto& [reaction, label] : std::exchange(reactions, {})) {
        queue(Ref(this), std::move(reaction), label);
    }
}

void AsyncFunction<void>::return_void() { result->resolve({}); }

} // namespace aio::js::detail
