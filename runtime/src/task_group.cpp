// task_group.cpp: waiting for the children of a group, and ending them when one fails.
#include "aio/task_group.hpp"

namespace aio {

TaskGroup::TaskGroup() : parent_(current_task()) {}

void TaskGroup::refuse_if_over() const {
    if (aborting_ || (body_ended_ && children_.empty())) {
        throw Error("this task group takes no more tasks");
    }
}

void TaskGroup::adopt(detail::Ref<detail::FutureBase> child) {
    child->add_callback([this, ended = child.get()] { child_done(*ended); });
    children_.push_back(std::move(child));
}

void TaskGroup::child_done(detail::FutureBase& child) {
    const detail::Ref keep(&child);
    std::erase_if(children_, [&](const auto& other) { return other.get() == &child; });
    if (children_.empty() && all_ended_ && !all_ended_.done()) {
        all_ended_.set_result();
    }
    if (child.status != detail::FutureStatus::failed) {
        return;
    }
    errors_.push_back(child.error_or_cancelled());
    if (!exit_ && holds<SystemExit>(child.error)) {
        exit_ = child.error;
    }
    if (!aborting_ && !cancelled_parent_) {
        abort();
        cancelled_parent_ = true;
        parent_.cancel(); // the body stops at its next co_await
    }
}

void TaskGroup::abort() {
    aborting_ = true;
    const auto children = children_;
    for (const auto& child : children) {
        child->cancel({});
    }
}

Coro<> TaskGroup::finish(std::exception_ptr body_error) {
    body_ended_ = true;
    std::exception_ptr cancelled = holds<CancelledError>(body_error) ? body_error : nullptr;
    if (holds<SystemExit>(body_error) && !exit_) {
        exit_ = body_error;
    }
    if (cancelled_parent_ && parent_.uncancel() == 0) {
        cancelled = nullptr; // the group's own request, and nobody else's
    }
    if (body_error && !aborting_) {
        abort();
    }
    while (!children_.empty()) {
        all_ended_ = get_running_loop().create_future<void>();
        std::exception_ptr interrupted;
        try {
            co_await all_ended_;
        } catch (const CancelledError&) {
            interrupted = std::current_exception();
        }
        if (interrupted && !aborting_) { // from outside
            cancelled = interrupted;
            abort();
        }
    }
    all_ended_ = {};
    if (exit_) {
        std::rethrow_exception(exit_);
    }
    if (cancelled && errors_.empty()) {
        std::rethrow_exception(cancelled);
    }
    if (body_error && !holds<CancelledError>(body_error)) {
        errors_.push_back(body_error);
    }
    if (!errors_.empty()) {
        throw ExceptionGroup("tasks of a group failed: " + describe(errors_.front()), errors_);
    }
}

} // namespace aio
