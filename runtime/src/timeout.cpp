// timeout.cpp: a timer that cancels the current task.
#include "aio/timeout.hpp"

namespace aio {

Timeout::Timeout(std::optional<time_point> when) : when_(when) {}

void Timeout::enter() {
    if (task_) {
        throw Error("this timeout has been used already");
    }
    task_ = current_task();
    requests_before_ = task_->cancelling();
    running_ = true;
    reschedule(when_);
}

void Timeout::reschedule(std::optional<time_point> when) {
    if (!running_ || expired_) {
        throw Error("cannot move the deadline of a timeout that does not run");
    }
    disarm();
    running_ = true;
    when_ = when;
    EventLoop& loop = get_running_loop();
    if (when && *when <= loop.time()) {
        soon_ = loop.call_soon([this] { expire(); });
    } else if (when) {
        later_ = loop.call_at(*when, [this] { expire(); });
    }
}

void Timeout::expire() {
    expired_ = true;
    task_->cancel();
}

void Timeout::disarm() noexcept {
    running_ = false;
    soon_.cancel();
    later_.cancel();
}

void Timeout::leave(const std::exception_ptr& error) {
    disarm();
    // The request is taken back whatever happened; if nobody else has asked, it was ours.
    if (expired_ && task_->uncancel() <= requests_before_ && holds<CancelledError>(error)) {
        throw TimeoutError();
    }
    if (error) {
        std::rethrow_exception(error);
    }
}

} // namespace aio
