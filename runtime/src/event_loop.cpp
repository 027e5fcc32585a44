// event_loop.cpp: one turn of the loop, and what surrounds it.
#include "aio/event_loop.hpp"

#include "aio/contract.hpp"
#include "aio/error.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <unordered_map>

namespace aio {
namespace {

thread_local EventLoop* running_here = nullptr;
thread_local EventLoop* set_here = nullptr;
std::uint64_t runaway_limit = 0;

std::atomic<std::uint64_t> loops_ended = 0; ///< changed under the registry's mutex
thread_local struct {
    std::uint64_t id = 0;
    EventLoop* loop = nullptr;
    std::uint64_t ended = 0;
} last_found; ///< by EventLoop::find(); true until a loop of the process, any of them, ends

struct Registry { // which loop has which number, so that a handle can outlive its loop
    std::mutex mutex;
    std::unordered_map<std::uint64_t, EventLoop*> loops;
    std::uint64_t last_id = 0;

    std::uint64_t add(EventLoop* loop) {
        const std::lock_guard lock(mutex);
        AIO_EXPECTS(last_id < std::numeric_limits<std::uint32_t>::max()); // a TimerHandle's share
        loops.emplace(++last_id, loop);
        return last_id;
    }
    [[gnu::cold]] EventLoop* find(std::uint64_t id) {
        const std::lock_guard lock(mutex);
        const auto found = loops.find(id);
        last_found = {id, found != loops.end() ? found->second : nullptr, loops_ended};
        return last_found.loop;
    }
};

[[gnu::cold]] Registry& registry() {
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
      spin_(options.spin), debug_(debug_wanted()), busy_clock_(clock_.runs_by_itself()),
      id_(registry().add(this)) {
    AIO_TRACE("loop.open", {{"loop", id_}, {"kind", "manual"}});
}

EventLoop::~EventLoop() {
    AIO_EXPECTS(!running_);
    close();
    const std::lock_guard lock(registry().mutex);
    registry().loops.erase(id_);
    ++loops_ended;
}

EventLoop* EventLoop::find(std::uint64_t id) noexcept {
    if (last_found.id == id && last_found.ended == loops_ended) [[likely]] {
        return last_found.loop;
    }
    if (running_here != nullptr && running_here->id_ == id) {
        return running_here;
    }
    return registry().find(id);
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

time_point EventLoop::after(duration delay) {
    return std::min(end_of_time, clock_.now_or_just_after() +
                                     std::clamp(delay, duration::zero(), longest_delay));
}

time_point EventLoop::within_time(time_point when) noexcept {
    return std::clamp(when, time_point(-longest_delay), end_of_time);
}

void EventLoop::trace_timer(std::uint64_t number, time_point when) {
    AIO_TRACE("handle.add", {{"h", -static_cast<std::int64_t>(number)},
                             {"kind", "timer"},
                             {"when", when.time_since_epoch().count() / 1000},
                             {"tie", number}});
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
    if (loop == nullptr || !loop->timers_.cancel({slot_, sequence_})) {
        return false;
    }
    AIO_TRACE("handle.cancel", {{"h", -static_cast<std::int64_t>(sequence_)}});
    return true;
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
    for (std::size_t fd = 0; fd < watches_.size(); ++fd) {
        if (watches_[fd].wanted()) { // its owner may close it now, and a peer learn of it
            selector_->watch(static_cast<int>(fd), {});
        }
    }
    signals_.reset();
    executors_.reset();
    const auto unwatched = std::move(watches_); // what they captured may ask for others
    watched_ = 0;
    arrivals_.clear();
    const auto dropped = std::move(kept_);
    AIO_TRACE("loop.close", {{"loop", id_}});
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

[[gnu::flatten]] void EventLoop::run_forever() { // flat: a turn of one callback is 90 instructions
    refuse_if_running();
    const Running running(*this);
    do {
        run_once();
    } while (!stopping_);
}

void EventLoop::run_once() {
    // 1. What has become ready outside? A turn with work asks the kernel nothing, most times.
    if (ready_.empty() || until_look_ <= 0 || inbox_.has_news()) {
        look_around();
    } else {
        ++turn_;
    }
    // 2. Run what is ready now, and only that.
    run_ready();
}

// Out of line, as what follows: the busy turn has the registers to itself.
[[gnu::noinline]] void EventLoop::look_around() {
    const bool idle = ready_.empty() && !inbox_.has_news() && !stopping_;
    const bool look = idle || look_is_due();
    if (idle) {
        wait_for_something();
    } else if (look && watched_ != 0) { // busy loops must not starve descriptors
        selector_->select(duration::zero(), news_);
    }
    ++turn_;
    guard_against_runaway();

    // In the order of rule R7: posts, descriptors, timers.
    collect_posts();
    collect_descriptors();
    if (look || !busy_clock_) {
        collect_due_timers();
    }
}

// A busy loop looks at the kernel and the clock, which cost more than many a callback, once in 64
// callbacks; after a stretch that took longer than 50 us once in 1, then 2, 4, 8 … callbacks. So
// what is due waits for 50 us, or for the callbacks of one stretch that was fast until then.
bool EventLoop::look_is_due() {
    if (!busy_clock_) { // time stands still: the count of turns alone decides, in every run alike
        return watched_ != 0 && ++turns_since_look_ % 64 == 0;
    }
    if (until_look_ > 0) {
        return false;
    }
    const time_point now = time();
    stride_ = now - last_look_ > 50us ? 1 : std::min<std::int64_t>(stride_ * 2, 64);
    last_look_ = now;
    until_look_ = stride_;
    return true;
}

std::optional<time_point> EventLoop::next_date(time_point limit) {
    const std::optional<time_point> deadline = timers_.next_deadline(limit);
    if (arrivals_.empty() || (deadline && *deadline < arrivals_.begin()->first)) {
        return deadline;
    }
    return arrivals_.begin()->first;
}

void EventLoop::wait_for_something() {
    turns_since_look_ = 0;
    std::optional<time_point> deadline = next_date(host_deadline_.value_or(time_point::max()));
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
    if (clock_.idle(seat_, deadline, watched_ != 0 || signals_ != nullptr, sleep) ==
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
        if (news.interest.readable) {
            add_ready([this, fd = news.fd] { call_watcher(fd, &Watch::on_readable); }, "io");
        }
        if (news.interest.writable) {
            add_ready([this, fd = news.fd] { call_watcher(fd, &Watch::on_writable); }, "io");
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
        // The queue of due timers and this one keep step: the record need not say which.
        const auto position = ready_.push([this] { timers_.fire_next(); });
        AIO_TRACE("handle.ready", {{"h", -static_cast<std::int64_t>(due->id.sequence)},
                                   {"as", position.sequence},
                                   {"late", (now - due->deadline).count() / 1000}});
    }
}

inline void EventLoop::run_one() {
    try {
        ready_.run_next();
    } catch (const SystemExit&) {
        throw;
    } catch (...) {
        call_exception_handler({"exception in callback", std::current_exception()});
    }
}

inline void EventLoop::run_ready() {
    const std::uint64_t end = ready_.end_sequence(); // what callbacks add waits for the next turn
    until_look_ -= static_cast<std::int64_t>(ready_.size());
    AIO_TRACE("turn.begin", {{"ready", ready_.size()}});
    while (ready_.next_sequence() != end) {
        if (detail::tracer != nullptr || debug_) [[unlikely]] {
            run_one_watched();
        } else {
            run_one();
        }
        if (side_queues_ != nullptr) { // outside the handlers, too: the stack is empty here
            side_queues_->after_callback();
        }
    }
    AIO_TRACE("turn.end", {});
}

[[gnu::noinline]] void EventLoop::run_one_watched() {
    [[maybe_unused]] const std::uint64_t sequence = ready_.next_sequence();
    AIO_TRACE("handle.begin", {{"h", sequence}});
    const bool timed = debug_;
    const time_point begin = timed ? time() : time_point();
    run_one();
    if (timed && time() - begin >= slow_callback_) {
        const auto held = std::chrono::duration_cast<ms>(time() - begin).count();
        warn("slow_callback", "a callback held the loop for " + std::to_string(held) + " ms");
    }
    AIO_TRACE("handle.end", {{"h", sequence}});
}

void EventLoop::set_exception_handler(std::function<void(const ErrorContext&)> handler) {
    on_error_ = std::move(handler);
}

[[gnu::noinline]] void EventLoop::call_exception_handler(const ErrorContext& context) {
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
