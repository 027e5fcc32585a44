// gather.cpp: counting the children of a gather.
#include "aio/gather.hpp"

#include <algorithm>

namespace aio::detail {

Gathering::Gathering(FutureBase& outer, bool settled) : outer_(outer), settled_(settled) {}

void Gathering::watch(const Ref<FutureBase>& child) {
    child->refuse_other_loop(outer_.loop_id());
    const bool known = std::any_of(children_.begin(), children_.end(),
                                   [&](const auto& other) { return other.get() == child.get(); });
    children_.push_back(child);
    if (known) { // one thing passed twice is watched once
        return;
    }
    ++distinct_;
    child->add_callback(
        [this, keep = Ref(&outer_), watched = child.get()] { child_done(*watched); });
}

void Gathering::watched_all(std::function<void()> finish) {
    finish_ = std::move(finish);
    if (children_.empty()) {
        finish_();
    }
}

void Gathering::child_done(FutureBase& child) {
    ++ended_;
    if (outer_.done() || !finish_) { // a second error, or a gather that was refused half way
        child.retrieved = true;
        return;
    }
    if (!settled_ && child.status != FutureStatus::finished) {
        outer_.set_exception(child.error_or_cancelled());
        return;
    }
    if (ended_ < distinct_) {
        return;
    }
    for (const auto& one : children_) {
        one->retrieved = true;
    }
    if (cancel_requested_) {
        outer_.set_exception(children_.back()->make_cancelled());
    } else {
        finish_();
    }
}

bool Gathering::cancel(const std::string& message) {
    bool accepted = false;
    for (const auto& child : children_) {
        accepted = child->cancel(message) || accepted;
    }
    cancel_requested_ = cancel_requested_ || accepted;
    return accepted;
}

std::string Gathering::names() const {
    std::string list;
    for (const auto& child : children_) {
        if (!child->done()) {
            list += (list.empty() ? "" : ", ") + child->name();
        }
    }
    return list;
}

} // namespace aio::detail
