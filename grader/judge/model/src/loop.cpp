// loop.cpp: one turn of the model's loop.
#include "loop.hpp"

#include <algorithm>
#include <utility>

namespace lab::model {

Loop::Number Loop::soon(Callback callback) {
    ready_.push_back({++last_number_, std::move(callback)});
    return last_number_;
}

Loop::Number Loop::soon_without_delay(Callback callback) {
    auto& queue = switches_.zero_first ? front_ : ready_;
    queue.push_back({++last_number_, std::move(callback)});
    return last_number_;
}

Loop::Number Loop::later(ms delay, Callback callback, bool sleeper) {
    if (delay <= ms{0} && switches_.zero_first) {
        return soon_without_delay(std::move(callback));
    }
    timers_.push_back(
        {++last_number_, now_ + std::max(delay, ms{0}), std::move(callback), sleeper});
    return last_number_;
}

void Loop::cancel(Number number) {
    std::erase_if(timers_, [&](const Timer& timer) { return timer.number == number; });
    for (auto* queue : {&ready_, &front_}) {
        for (Ready& entry : *queue) { // it keeps its place: a turn counts its callbacks
            if (entry.number == number) {
                entry.callback = nullptr;
            }
        }
    }
}

void Loop::block(ms span) {
    const ms end = now_ + std::max(span, ms{0});
    if (switches_.exact_timers) {
        run_timers_before(end);
    }
    pass_until(end);
    if (switches_.global_sleep) {
        for (Timer& timer : timers_) {
            timer.deadline += span;
        }
    }
}

/// Workers go on at their dates; those that are due at `end` come before what the loop does then.
void Loop::pass_until(ms end) {
    for (;;) {
        pools_.run_due(now_);
        const ms next = std::min(pools_.next_date().value_or(end), end);
        const auto arrival = arrivals_.begin();
        if (switches_.signal_interrupts && arrival != arrivals_.end() && arrival->when < end &&
            arrival->when <= next) {
            interrupt_with(arrival);
        } else if (next == end) {
            break;
        } else {
            now_ = next;
        }
    }
    now_ = end;
    pools_.run_due(now_);
}

/// signal_interrupts: the handler runs in the middle of what holds the thread.
void Loop::interrupt_with(std::deque<Arrival>::iterator arrival) {
    now_ = std::max(now_, arrival->when);
    const Callback callback = std::move(arrival->callback);
    arrivals_.erase(arrival);
    callback();
}

void Loop::block_until(const std::function<bool()>& over) {
    pools_.run_due(now_);
    while (!over()) {
        now_ = pools_.next_date().value();
        pools_.run_due(now_);
    }
}

void Loop::let_jobs_end() {
    posts_.clear();
    for (auto next = pools_.next_date(); next; next = pools_.next_date()) {
        now_ = std::max(now_, *next);
        pools_.run_due(now_);
    }
}

void Loop::arrive_at(ms when, Callback callback) {
    const auto place =
        std::upper_bound(arrivals_.begin(), arrivals_.end(), when,
                         [](ms date, const Arrival& arrival) { return date < arrival.when; });
    arrivals_.insert(place, {when, std::move(callback)});
}

void Loop::push_back_sleepers(ms span) {
    for (Timer& timer : timers_) {
        timer.deadline += timer.sleeper ? span : ms{0};
    }
}

Loop::Timers::iterator Loop::next_timer() {
    if (switches_.timers_by_source) {
        return timers_.begin();
    }
    return std::min_element( // the first of several equal ones: the oldest (R7)
        timers_.begin(), timers_.end(), [this](const Timer& a, const Timer& b) {
            return a.deadline < b.deadline ||
                   (switches_.youngest_first && a.deadline == b.deadline && a.number > b.number);
        });
}

void Loop::make_ready(Timers::iterator timer) {
    ready_.push_back({timer->number, std::move(timer->callback)});
    timers_.erase(timer);
}

void Loop::run_next(std::deque<Ready>& queue) {
    const Callback callback = std::move(queue.front().callback);
    queue.pop_front();
    if (callback) {
        callback();
    }
}

// exact_timers: each timer has a thread of its own, so it runs at its date, and what it wakes does
// too. What was ready before the block has to wait all the same.
void Loop::run_timers_before(ms end) {
    auto waiting = std::exchange(ready_, {});
    for (auto timer = next_timer(); timer != timers_.end() && timer->deadline < end;
         timer = next_timer()) {
        const ms date = timer->deadline;
        const Callback callback = std::move(timer->callback);
        timers_.erase(timer);
        pass_until(date);
        callback();
        while (!ready_.empty()) {
            run_next(ready_);
        }
    }
    ready_ = std::move(waiting);
}

/// Workers work while the loop waits, and at one instant they come first (R7). Returns: false if
/// nothing can ever happen.
bool Loop::wait_for_something() {
    for (;;) {
        pools_.run_due(now_);
        if (!posts_.empty()) {
            return true;
        }
        std::optional<ms> date;
        if (const auto timer = next_timer(); timer != timers_.end()) {
            date = timer->deadline;
        }
        if (!arrivals_.empty()) {
            date = std::min(date.value_or(arrivals_.front().when), arrivals_.front().when);
        }
        const std::optional<ms> job = pools_.next_date();
        if (!date && !job) {
            return false;
        }
        if (date && (!job || *date < *job)) {
            now_ = std::max(now_, *date);
            return true;
        }
        now_ = *job;
    }
}

bool Loop::turn() {
    // 1. Time moves only when nothing is ready (R6).
    if (!has_ready() && !wait_for_something()) {
        return false;
    }

    // 2. Posts, news and due timers, by date, then by age, join the end of the queue (R5a, R7).
    for (Callback& post : std::exchange(posts_, {})) {
        ready_.push_back({++last_number_, std::move(post)});
    }
    while (!arrivals_.empty() && arrivals_.front().when <= now_) {
        ready_.push_back({++last_number_, std::move(arrivals_.front().callback)});
        arrivals_.pop_front();
    }
    for (auto timer = next_timer(); timer != timers_.end() && timer->deadline <= now_;
         timer = next_timer()) {
        make_ready(timer);
    }

    // 3. What stands in the queue now is served; what comes meanwhile waits for the next turn
    // (R5b).
    std::size_t left = ready_.size();
    while (left > 0 || !front_.empty()) {
        if (!front_.empty()) {
            run_next(front_);
        } else {
            run_next(ready_);
            --left;
        }
        if (switches_.no_snapshot) {
            left = ready_.size();
        }
    }
    return true;
}

} // namespace lab::model
