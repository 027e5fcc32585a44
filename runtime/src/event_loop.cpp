// event_loop.cpp: one turn of the loop, and what surrounds it.
#include "aio/event_loop.hpp"

#include "aio/contract.hpp"
#include "aio/error.hpp"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

namespace aio {
namespace {

thread_local EventLoop* running_here = nullptr;
thread_local EventLoop* set_here = nullptr;
std::uint64_t runaway_limit = 0;

struct Registry { // which loop has which number, so that a handle can outlive its loop
    std::mutex mutex;
    std::unordered_map<std::uint64_t, EventLoop*> loops;
    std::uint64_t last_id = 0;

    std::uint64_t add(EventLoop* loop) {
        const std::lock_guard lock(mutex);
        loops.emplace(++last_id, loop);
        return last_id;
    }
};

Registry& registry() {
    static auto* forever = new Registry; // handles in static objects may still ask at exit
    return *forever;
}

bool debug_wanted() {
    const char* wish = std::getenv("AIO_DEBUG");
    return wish != nullptr && *wish != '\0' && std::string_view(wish) != "0";
}

} // namespace

EventLoop::EventLoop(LoopOptions options)
    : clock_(options.clock != nullptr ? *options.clock : default_clock()),
      selector_(options.selector ? std::move(options.selector) : make_selector()),
      spin_(options.spin), debug_(debug_wanted()), id_(registry().add(this)) {
    AIO_TRACE("loop.open", {{"loop", id_}, {"kind", "manual"}});
}

EventLoop::~EventLoop() {
    AIO_EXPECTS(!running_);
    close();
    const std::lock_guard lock(registry().mutex);
    registry().loops.erase(id_);
}

EventLoop* EventLoop::find(std::uint64_t id) noexcept {
    if (running_here != nullptr && running_here->id_ == id) {
        return running_here;
    }
    const std::lock_guard lock(registry().mutex);
    const auto found = registry().loops.find(id);
    return found != registry().loops.end() ? found->second : nullptr;
}

bool EventLoop::post(std::uint64_t id, Callback callback) {
    const std::lock_guard lock(registry().mutex); // keeps the loop alive meanwhile
    const auto found = registry().loops.find(id);
    if (found == registry().loops.end() || found->second->is_closed()) {
        return false;
    }
    const auto how = found->second->inbox_.push(std::move(callback));
    if (how == detail::Inbox::Posted::refused) { // closed since we looked
        return false;
    }
    found->second->told_by_post(how);
    return true;
}

void EventLoop::set_runaway_limit(std::uint64_t turns) noexcept { runaway_limit = turns; }

void EventLoop::refuse_if_closed() const {
    if (closed_) {
        throw Error("event loop is closed");
    }
}

TimerHandle EventLoop::call_later(duration delay, Callback callback) {
    return call_at(time() + std::clamp(delay, duration::zero(), longest_delay),
                   std::move(callback));
}

TimerHandle EventLoop::call_at(time_point when, Callback callback) {
    refuse_misuse();
    when = std::clamp(when, time_point(-longest_delay), end_of_time);
    const auto id = timers_.push(when, std::move(callback));
    AIO_TRACE("handle.add", {{"h", -static_cast<std::int64_t>(id.sequence)},
                             {"kind", "timer"},
                             {"when", when.time_since_epoch().count() / 1000},
                             {"tie", id.sequence}});
    return TimerHandle(id_, id.slot, id.sequence, when);
}

void EventLoop::arrive_at(time_point when, Callback callback, const char* kind) {
    refuse_if_closed();
    arrivals_.emplace(when, Arrival{std::move(callback), kind});
}

bool Handle::cancel() {
    EventLoop* loop = EventLoop::find(loop_);
    const bool cancelled = loop != nullptr && loop->ready_.cancel({record_, sequence_});
    if (cancelled) {
        AIO_TRACE("handle.cancel", {{"h", sequence_}});
    }
    return cancelled;
}

bool TimerHandle::cancel() {
    EventLoop* loop = EventLoop::find(loop_);
    const bool cancelled = loop != nullptr && loop->timers_.cancel({slot_, sequence_});
    if (cancelled) {
        AIO_TRACE("handle.cancel", {{"h", -static_cast<std::int64_t>(sequence_)}});
    }
    return cancelled;
}

void EventLoop::close() {
    if (running_) {
        throw Error("cannot close a running event loop");
    }
    if (closed_.exchange(true)) {
        return;
    }
    inbox_.close();
    ready_.clear();
    timers_.clear();
    if (task_hooks_ != nullptr) {
        task_hooks_->abandon(*this);
    }
    forget_callbacks();
    side_queues_.reset();
    asyncgens_.clear();
    for (const auto& [fd, watch] : watches_) { // its owner may close it now, and a peer learn of it
        selector_->watch(fd, {});
    }
    signals_.reset();
    executors_.reset();
    watches_.clear();
    arrivals_.clear();
    const auto dropped = std::move(kept_);
    AIO_TRACE("loop.close", {{"loop", id_}});
}

void EventLoop::set_watch(int fd, std::function<void()> Watch::* side,
                          std::function<void()> callback) {
    refuse_misuse();
    Watch wanted = watches_.contains(fd) ? watches_[fd] : Watch{};
    wanted.*side = std::move(callback);
    selector_->watch(
        fd, {.readable = wanted.on_readable != nullptr, .writable = wanted.on_writable != nullptr});
    if (wanted.on_readable || wanted.on_writable) {
        watches_[fd] = std::move(wanted);
    } else {
        watches_.erase(fd);
    }
}

void EventLoop::add_reader(int fd, std::function<void()> callback) {
    set_watch(fd, &Watch::on_readable, std::move(callback));
}

void EventLoop::add_writer(int fd, std::function<void()> callback) {
    set_watch(fd, &Watch::on_writable, std::move(callback));
}

bool EventLoop::remove_reader(int fd) {
    const auto found = watches_.find(fd);
    const bool watched = found != watches_.end() && found->second.on_readable;
    if (watched) {
        set_watch(fd, &Watch::on_readable, nullptr);
    }
    return watched;
}

bool EventLoop::remove_writer(int fd) {
    const auto found = watches_.find(fd);
    const bool watched = found != watches_.end() && found->second.on_writable;
    if (watched) {
        set_watch(fd, &Watch::on_writable, nullptr);
    }
    return watched;
}

void EventLoop::refuse_if_running() const {
    refuse_if_closed();
    if (running_) {
        throw Error("this event loop is already running");
    }
    if (running_here != nullptr) {
        throw Error("cannot run the event loop while another loop is running");
    }
}

EventLoop::Running::Running(EventLoop& l) : loop(l) {
    loop.seat_ = loop.clock_.enter(loop.id_);
    loop.running_ = true;
    running_here = &loop;
    outer = std::exchange(detail::clock_here, &loop.clock_);
}

EventLoop::Running::~Running() {
    detail::clock_here = outer;
    running_here = nullptr;
    loop.running_ = false;
    loop.stopping_ = false;
    loop.host_deadline_.reset();
    loop.clock_.leave(loop.seat_.exchange(0));
}

void EventLoop::run_forever() {
    refuse_if_running();
    const Running running(*this);
    do {
        run_once();
    } while (!stopping_);
}

void EventLoop::run_once() {
    // 1. Sleep only when nothing is ready: a turn with work asks the kernel nothing.
    if (ready_.empty() && !inbox_.has_news() && !stopping_) {
        wait_for_something();
    } else if (!watches_.empty() &&
               ++turns_since_look_ >= 64) { // but busy loops must not starve descriptors
        turns_since_look_ = 0;
        selector_->select(duration::zero(), news_);
    }
    ++turn_;
    guard_against_runaway();

    // 2. Append what has become ready, in the order of rule R7: posts, descriptors, timers.
    collect_posts();
    collect_descriptors();
    collect_due_timers();

    // 3. Run what is ready now, and only that.
    run_ready();
}

std::optional<time_point> EventLoop::next_date() {
    const std::optional<time_point> deadline = timers_.next_deadline();
    if (arrivals_.empty() || (deadline && *deadline < arrivals_.begin()->first)) {
        return deadline;
    }
    return arrivals_.begin()->first;
}

void EventLoop::wait_for_something() {
    turns_since_look_ = 0;
    std::optional<time_point> deadline = next_date();
    if (host_deadline_ && (!deadline || *host_deadline_ < *deadline)) {
        deadline = host_deadline_;
    }
    if (spin_ > duration::zero() && seat_ == 0 && spin_for_posts(deadline)) {
        return; // a clock with seats knows who waits for whom: there is nothing to bet on
    }
    const Clock::Sleep sleep = [this](std::optional<duration> timeout) {
        const bool post_came_before = !inbox_.fall_asleep(); // from here on a post rings the bell
        const bool news = selector_->select(post_came_before ? duration::zero() : timeout, news_);
        inbox_.wake_up();
        return news || post_came_before;
    };
    if (clock_.idle(seat_, deadline, !watches_.empty() || signals_ != nullptr, sleep) ==
        Idle::nothing_left) {
        throw DeadlockError("nothing can ever happen: no ready callback, no timer, no worker" +
                            (task_hooks_ != nullptr ? task_hooks_->who_waits(*this) : ""));
    }
}

void EventLoop::guard_against_runaway() {
    if (runaway_limit == 0) {
        return;
    }
    if (time() != last_turn_at_) {
        last_turn_at_ = time();
        turns_at_this_instant_ = 0;
    }
    if (++turns_at_this_instant_ > runaway_limit) {
        throw RunawayError("the loop turned " + std::to_string(runaway_limit) +
                           " times and time did not move");
    }
}

void EventLoop::collect_descriptors() {
    for (const Readiness& news : news_) {
        // Looked up again when it runs: an earlier callback of this turn may have ended the watch.
        const auto notify = [this, fd = news.fd](std::function<void()> Watch::* side) {
            const auto found = watches_.find(fd);
            if (found != watches_.end() && found->second.*side) {
                const auto callback = found->second.*side; // a copy: the callback may remove itself
                callback();
            }
        };
        if (news.interest.readable) {
            add_ready([notify] { notify(&Watch::on_readable); }, "io");
        }
        if (news.interest.writable) {
            add_ready([notify] { notify(&Watch::on_writable); }, "io");
        }
    }
    news_.clear();
    while (!arrivals_.empty() && arrivals_.begin()->first <= time()) {
        Arrival arrival = std::move(arrivals_.extract(arrivals_.begin()).mapped());
        add_ready(std::move(arrival.callback), arrival.kind);
    }
}

void EventLoop::collect_due_timers() {
    if (timers_.size() == 0) {
        return;
    }
    // One look at the clock decides for all: with a moving `now`, whether two timers share a turn
    // would depend on how fast this loop runs.
    const time_point now = time();
    while (const auto due = timers_.pop_due(now)) {
        const auto position = ready_.push([this, id = due->id] {
            if (Callback callback = timers_.fire(id)) {
                callback();
            }
        });
        AIO_TRACE("handle.ready", {{"h", -static_cast<std::int64_t>(due->id.number())},
                                   {"as", position.sequence},
                                   {"late", (now - due->deadline).count() / 1000}});
    }
}

void EventLoop::run_ready() {
    const std::uint64_t end = ready_.end_sequence(); // what callbacks add waits for the next turn
    AIO_TRACE("turn.begin", {{"ready", ready_.size()}});
    while (ready_.next_sequence() != end) {
        run_one();
    }
    AIO_TRACE("turn.end", {});
}

void EventLoop::run_one() {
    [[maybe_unused]] const std::uint64_t sequence = ready_.next_sequence();
    AIO_TRACE("handle.begin", {{"h", sequence}});
    const bool timed = debug_;
    const time_point begin = timed ? time() : time_point();
    std::exception_ptr error;
    try {
        ready_.run_next();
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        error = std::current_exception();
    }
    if (error != nullptr) { // outside the handler, where more may be thrown
        call_exception_handler({"exception in callback", error});
    }
    if (timed && time() - begin >= slow_callback_) {
        const auto held = std::chrono::duration_cast<ms>(time() - begin).count();
        warn("slow_callback", "a callback held the loop for " + std::to_string(held) + " ms");
    }
    AIO_TRACE("handle.end", {{"h", sequence}});
    if (side_queues_ != nullptr) { // outside the handler as well: the stack is empty here
        side_queues_->after_callback();
    }
}

void EventLoop::set_exception_handler(std::function<void(const ErrorContext&)> handler) {
    on_error_ = std::move(handler);
}

void EventLoop::call_exception_handler(const ErrorContext& context) {
    const auto report = [](const ErrorContext& told) {
        warn("exception_in_callback", told.message + ": " + describe(told.error));
    };
    if (!on_error_) {
        report(context);
        return;
    }
    try {
        on_error_(context);
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        report({"exception in the exception handler", std::current_exception()});
    }
}

EventLoop& get_running_loop() {
    if (running_here == nullptr) {
        throw Error("no running event loop");
    }
    return *running_here;
}

void set_event_loop(EventLoop* loop) noexcept { set_here = loop; }

EventLoop& get_event_loop() {
    EventLoop* loop = running_here != nullptr ? running_here : set_here;
    if (loop == nullptr) {
        throw Error("no event loop is set for this thread: call run(), or set_event_loop()");
    }
    return *loop;
}

EventLoop* running_loop_or_null() noexcept { return running_here; }

void block_for(duration span) {
    AIO_TRACE("block", {{"dur", span.count() / 1000}});
    current_clock().block(span);
}

std::unique_ptr<EventLoop> new_event_loop() { return std::make_unique<EventLoop>(); }

} // namespace aio
