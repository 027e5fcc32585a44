// waiting_line.cpp: joining a line, being woken in it, and leaving it.
#include "aio/waiting_line.hpp"

#include <algorithm>

namespace aio::detail {
namespace {

/// A waiter's future: reports call it by what it waits for.
struct Turn final : FutureState<void> {
    Turn(EventLoop& loop, const char* kind, std::string text)
        : FutureState<void>(loop, kind), label(std::move(text)) {}
    std::string name() const override { return label; }
    std::string label;
};

} // namespace

Meeting::Meeting(const char* kind) : kind_(kind) { name(); }

void Meeting::note(const char* event, std::size_t value) {
    name(); // numbered now, whether anybody listens or not
    AIO_TRACE(event, {{"kind", kind_}, {"id", id_}, {"value", value}});
}

EventLoop& Meeting::bind() {
    EventLoop& loop = get_running_loop();
    if (loop_ == 0) {
        loop_ = loop.id();
    } else if (loop_ != loop.id()) {
        throw Error(name() + " is bound to a different event loop");
    }
    return loop;
}

std::string Meeting::name() {
    if (EventLoop* loop = running_loop_or_null(); id_ == 0 && loop != nullptr) {
        id_ = loop->next_number(kind_);
    }
    return std::string(kind_) + " " + std::to_string(id_);
}

bool WaitingLine::occupied() const {
    return !woken_.empty() || std::any_of(waiting_.begin(), waiting_.end(),
                                          [](const auto& turn) { return !turn.cancelled(); });
}

bool WaitingLine::wake_next() {
    const auto next = std::find_if(waiting_.begin(), waiting_.end(),
                                   [](const auto& turn) { return !turn.done(); });
    if (next == waiting_.end()) {
        return false;
    }
    woken_.splice(woken_.end(), waiting_, next);
    next->set_result();
    return true;
}

void WaitingLine::wake_first() {
    if (woken_.empty() && !waiting_.empty() && !waiting_.front().done()) {
        wake_next();
    }
}

void WaitingLine::wake_all() {
    while (wake_next()) {
    }
}

Place::Place(WaitingLine& line, std::size_t value) : line_(line) {
    EventLoop& loop = line.meeting_.bind();
    turn_ = Future<void>(
        Ref<FutureState<void>>(Ref(new Turn(loop, "a turn", line.meeting_.name() + line.what_))));
    here_ = line.waiting_.insert(line.waiting_.end(), turn_);
    line.meeting_.note("sync.wait", value);
}

void Place::leave() noexcept {
    if (!std::exchange(left_, true)) {
        (woken() ? line_.woken_ : line_.waiting_).erase(here_);
    }
}

} // namespace aio::detail
