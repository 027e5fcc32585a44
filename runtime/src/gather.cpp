// gather.cpp: counting the children of a gather.
#include "aio/gather.hpp"

#include <algorithm>

namespace aio::detail {

void Gathering::watch(const Ref<FutureBase>& child) {
    const bool known = std::any_of(children_.begin(), children_.end(),
                                   [&](const auto& other) { return other.get() == child.get(); });
    if (known) { // one thing passed twice is watched once
        return;
    }
    children_.push_back(child);
    child->add_callback(
        [this, keep = Ref(&outer_), watched = child.get()] { child_done(*watched); });
}

void Gathering::watched_all() {
    if (children_.empty()) {
        collect();
    }
}

void Gathering::child_done(FutureBase& child) {
    ++ended_;
    if (outer_.done()) {
        child.retrieved = true; // a second error has nowhere to go
        return;
    }
    if (!settled_ && child.status != FutureStatus::finished) {
        outer_.retrieved = child.status == FutureStatus::cancelled; // a cancel is nothing to report
        outer_.set_exception(child.error_or_cancelled());
        return;
    }
    if (ended_ < children_.size()) {
        return;
    }
    if (cancel_requested_) {
        outer_.retrieved = true;
        outer_.set_exception(std::make_exception_ptr(CancelledError(outer_.cancel_message)));
    } else {
        collect();
    }
}

bool Gathering::cancel_children(const std::string& message) {
    bool accepted = false;
    for (const auto& child : children_) {
        accepted = child->cancel(message) || accepted;
    }
    if (accepted) {
        cancel_requested_ = true;
        outer_.cancel_message = message;
    }
    return accepted;
}

std::string Gathering::list_of_children() const {
    std::string list;
    for (const auto& child : children_) {
        if (!child->done()) {
            list += (list.empty() ? "" : ", ") + child->name();
        }
    }
    return list;
}

} // namespace aio::detail
