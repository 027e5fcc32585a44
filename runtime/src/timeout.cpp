// timeout.cpp: a timer that cancels the current task.
#include "aio/timeout.hpp"

namespace aio::detail {

Timeout::Timeout(duration limit) : task_(current_task()), requests_before_(task_.cancelling()) {
    EventLoop& loop = get_running_loop();
    auto expire = [this] {
        expired_ = true;
        task_.cancel();
    };
    timer_ = loop.call_later(limit, expire);
}

bool Timeout::caused_cancellation() {
    timer_.cancel();
    return expired_ && task_.uncancel() <= requests_before_;
}

} // namespace aio::detail
