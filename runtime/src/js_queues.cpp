// js_queues.cpp: draining microtasks, JavaScript's timers, and the frame.
#include "aio/js/element.hpp"
#include "aio/js/promise_state.hpp"

#include <algorithm>

namespace aio::js::detail {
namespace {

constexpr duration frame_period = 16ms;

std::int64_t in_us(time_point when) { return when.time_since_epoch().count() / 1000; }

} // namespace

Queues& Queues::here() {
    EventLoop& loop = get_running_loop();
    if (loop.side_queues_ == nullptr) {
        loop.side_queues_ = std::make_unique<Queues>(loop);
    }
    return static_cast<Queues&>(*loop.side_queues_); // this class is the only kind there is
}

Queues::Queues(EventLoop& loop) : loop_(loop) {}

Queues::~Queues() {
    // A reaction may hold its own promise, or a suspended function that does: circles that no
    // counter ends. So all reactions are taken away first; dropping them may destroy promises.
    std::vector<decltype(PromiseState::reactions)> dropped;
    for (PromiseState* promise : pending) {
        promise->queues_ = nullptr;
        dropped.push_back(std::move(promise->reactions));
    }
}

void Queues::add_tick(Callback callback) {
    const auto position = ticks_.push(std::move(callback));
    AIO_TRACE("micro.add",
              {{"m", -static_cast<std::int64_t>(position.sequence)}, {"label", "tick"}});
}

void Queues::after_callback() {
    if (!ticks_.empty() || !microtasks_.empty() || !unhandled.empty() || !handled_late.empty()) {
        drain();
    }
}

void Queues::drain() {
    do {
        while (!ticks_.empty() || !microtasks_.empty()) {
            while (!ticks_.empty()) {
                run_next(ticks_, "tick", -static_cast<std::int64_t>(ticks_.next_sequence()));
            }
            while (!microtasks_.empty()) { // a tick added meanwhile waits until this queue is empty
                run_next(microtasks_, "microtask",
                         static_cast<std::int64_t>(microtasks_.next_sequence()));
            }
        }
    } while (report_rejections());
}

void Queues::run_next(ReadyQueue& queue, std::string_view where, std::int64_t number) {
    loop_.guard_against_runaway(); // microtasks that never end are one endless turn
    AIO_TRACE("micro.begin", {{"m", number}});
    call(where, [&queue] { queue.run_next(); });
    AIO_TRACE("micro.end", {{"m", number}});
}

void Queues::call(std::string_view where, const std::function<void()>& callable) {
    std::exception_ptr error;
    try {
        callable();
    } catch (...) {
        error = std::current_exception();
    }
    if (error != nullptr) {
        loop_.call_exception_handler({"exception in " + std::string(where), error});
    }
}

void Queues::call_listeners(Listeners listeners, bool by_user) {
    for (std::size_t i = 0; i < listeners.size(); ++i) {
        AIO_TRACE("stack.push", {{"frame", i}, {"fn", "listener"}});
        call("listener", listeners[i]);
        AIO_TRACE("stack.pop", {{"frame", i}});
        if (by_user) {
            drain();
        }
    }
}

// Returns whether anything was reported: whoever was told may have queued more.
bool Queues::report_rejections() {
    const auto late = std::exchange(handled_late, {});
    for (const auto& promise : late) {
        loop_.call_exception_handler({handled_rejection_late, promise->error});
    }
    bool reported = !late.empty();
    for (const auto& promise : std::exchange(unhandled, {})) {
        if (!promise->handled) { // it may have got a handler since it was rejected
            promise->reported = true;
            reported = true;
            loop_.call_exception_handler({unhandled_rejection, promise->error});
        }
    }
    return reported;
}

TimerId Queues::set_timer(Callback callback, duration delay, bool repeats) {
    const TimerId id = ++last_timer_;
    const duration period = std::clamp(delay, duration::zero(), longest_delay);
    Timer& timer = timers_[id] = {std::move(callback), period, repeats, {}};
    timer.handle = loop_.call_later(period, [this, id] { fire(id); });
    return id;
}

void Queues::clear_timer(TimerId id) {
    const auto found = timers_.find(id);
    if (found != timers_.end()) {
        found->second.handle.cancel();
        timers_.erase(found);
    }
}

void Queues::fire(TimerId id) {
    const time_point start = loop_.time();
    auto found = timers_.find(id);
    Callback callback = std::move(found->second.callback); // it may clear its own timer
    if (!found->second.repeats) {
        timers_.erase(found);
        callback();
        return;
    }
    std::exception_ptr error;
    try {
        callback();
    } catch (...) {
        error = std::current_exception();
    }
    found = timers_.find(id); // again: the callback may have set timers, or cleared this one
    if (found != timers_.end()) {
        Timer& timer = found->second;
        timer.callback = std::move(callback);
        timer.handle = loop_.call_at(start + timer.period, [this, id] { fire(id); });
    }
    if (error != nullptr) {
        std::rethrow_exception(error);
    }
}

void Queues::request_frame(std::function<void(time_point)> callback) {
    if (requests_.empty()) {
        const auto periods = loop_.time().time_since_epoch() / frame_period;
        frame_date_ = time_point((periods + 1) * frame_period);
        const auto id =
            loop_.timers_.push(frame_date_, [this] { serve_frame(); }, TimerQueue::after_timers);
        AIO_TRACE("handle.add", {{"h", -static_cast<std::int64_t>(id.sequence)},
                                 {"kind", "timer"},
                                 {"label", "frame"},
                                 {"when", in_us(frame_date_)},
                                 {"tie", id.sequence}});
        ++last_frame_;
    }
    requests_.push_back(std::move(callback));
    AIO_TRACE("frame.request", {{"f", last_frame_}, {"at", in_us(frame_date_)}});
}

void Queues::serve_frame() {
    const time_point begun = loop_.time();
    const auto requests = std::exchange(requests_, {}); // those made from here on wait for the next
    [[maybe_unused]] const auto frame = last_frame_;
    if (const auto missed = (begun - frame_date_) / frame_period; missed > 0) {
        AIO_TRACE("frame.missed", {{"f", frame}, {"at", in_us(frame_date_)}, {"count", missed}});
    }
    AIO_TRACE("frame.begin", {{"f", frame}, {"at", in_us(begun)}, {"count", requests.size()}});
    for (const auto& callback : requests) {
        call("frame callback", [&] { callback(begun); });
        drain();
    }
    AIO_TRACE("frame.end", {{"f", frame}});
    AIO_TRACE("frame.paint", {{"f", frame}});
}

} // namespace aio::js::detail

namespace aio::js {

Element::Element() : listeners_(std::make_shared<detail::Listeners>()) {}

void Element::add_event_listener(std::function<void()> listener) const {
    listeners_->push_back(std::move(listener));
}

void Element::click() const { detail::Queues::here().call_listeners(*listeners_, false); }

void Element::user_clicks(duration delay) const {
    get_running_loop().call_later(delay, [listeners = listeners_] {
        detail::Queues::here().call_listeners(*listeners, true);
    });
}

} // namespace aio::js
