// guest.cpp: the loop as a guest, whose turns a host's loop gives it one by one.
#include "aio/error.hpp"
#include "aio/event_loop.hpp"

namespace aio {

bool EventLoop::run_once(time_point deadline) {
    refuse_if_running();
    const Running running(*this);
    host_deadline_ = deadline;
    run_once();
    return !stopping_;
}

std::optional<time_point> EventLoop::next_turn() {
    refuse_if_closed();
    const bool post_came = !inbox_.fall_asleep(); // as the host soon does: a later one rings
    selector_->descriptor();
    return !ready_.empty() || post_came || stopping_ ? time() : next_date();
}

int EventLoop::descriptor() {
    refuse_if_closed();
    const int fd = selector_->descriptor();
    if (fd < 0) {
        throw Error("this selector has no descriptor to wait on: use epoll or io_uring");
    }
    return fd;
}

} // namespace aio
