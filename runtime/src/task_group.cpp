// task_group.cpp: waiting for the children of a group, and ending them when one fails.
#include "aio/task_group.hpp"

#include <algorithm>

namespace aio {

void TaskGroup::refuse_if_over() const {
    if (aborting_ || over_) {
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
    if (child.status == detail::FutureStatus::failed) {
        errors_.push_back(child.error_or_cancelled());
        if (!aborting_) {
            abort();
            cancelled_parent_ = parent_.cancel(); // the body stops at its next co_await
        }
    }
    if (children_.empty() && all_ended_ && !all_ended_.done()) {
        all_ended_.set_result();
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
    bool cancelled_outside = false;
    const auto note = [&](const std::exception_ptr& error) {
        try {
            std::rethrow_exception(error);
        } catch (const CancelledError&) {
            cancelled_outside = cancelled_outside || !cancelled_parent_;
            body_error = nullptr;
        } catch (...) {
        }
        if (!aborting_) {
            abort();
        }
    };
    if (body_error) {
        note(body_error);
    }
    while (!children_.empty()) {
        all_ended_ = get_running_loop().create_future<void>();
        std::exception_ptr interrupted;
        try {
            co_await all_ended_;
        } catch (const CancelledError&) {
            interrupted = std::current_exception();
        }
        if (interrupted) {
            cancelled_outside = cancelled_outside || !cancelled_parent_;
            if (!aborting_) {
                abort();
            }
        }
    }
    over_ = true;
    if (cancelled_parent_) {
        parent_.uncancel();
    }
    if (body_error) {
        errors_.push_back(body_error);
    }
    if (!errors_.empty()) {
        throw ExceptionGroup("tasks of a group failed: " + describe(errors_.front()), errors_);
    }
    if (cancelled_outside) {
        throw CancelledError();
    }
}

} // namespace aio
