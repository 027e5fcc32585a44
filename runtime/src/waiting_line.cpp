// waiting_line.cpp: joining a line, being woken in it, and leaving it.
#include "aio/waiting_line.hpp"

#include <algorithm>
#include <optional>

namespace aio {

std::uint64_t EventLoop::next_number(std::string_view kind) { return ++last_numbers_[kind]; }

namespace detail {
namespace {

/// A waiter's future: reports call it by what it waits for.
struct Turn final : FutureState<void> {
    Turn(EventLoop& loop, const char* kind, std::string text)
        : FutureState<void>(loop, kind), label(std::move(text)) {}
    std::string name() const override { return label; }
    std::string label;
};

} // namespace

WaitingLine::WaitingLine(Meeting& meeting, const char* what) : meeting_(meeting), what_(what) {}
WaitingLine::~WaitingLine() = default;

/// A place in a line, until the end of the scope.
struct WaitingLine::Place {
    WaitingLine& line;
    std::list<Future<void>>::iterator here;
    explicit Place(WaitingLine& l) : line(l) {
        const Ref turn(new Turn(line.meeting_.bind(), "a turn", line.meeting_.name() + line.what_));
        here =
            line.waiting_.insert(line.waiting_.end(), Future<void>(Ref<FutureState<void>>(turn)));
    }
    bool had_turn() const { return here->done() && !here->cancelled(); }
    ~Place() { (had_turn() ? line.woken_ : line.waiting_).erase(here); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
};

Coro<> WaitingLine::wait(std::size_t value, std::function<void(bool had_turn)> if_cancelled) {
    std::optional<Place> place(std::in_place, *this);
    meeting_.note("sync.wait", value);
    try {
        co_await *place->here;
    } catch (const CancelledError&) {
        const bool had_turn = place->had_turn();
        place.reset(); // out of line before anybody else is woken
        if (if_cancelled) {
            if_cancelled(had_turn);
        }
        throw;
    }
}

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

} // namespace detail
} // namespace aio
