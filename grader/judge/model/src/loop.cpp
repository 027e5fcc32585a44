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
    const ms end = now_ + span;
    if (switches_.exact_timers) {
        run_timers_before(end);
    }
    now_ = end;
    if (switches_.global_sleep) {
        for (Timer& timer : timers_) {
            timer.deadline += span;
        }
    }
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
        timers_.begin(), timers_.end(),
        [](const Timer& a, const Timer& b) { return a.deadline < b.deadline; });
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
        now_ = timer->deadline;
        make_ready(timer);
        while (!ready_.empty()) {
            run_next(ready_);
        }
    }
    ready_ = std::move(waiting);
}

bool Loop::turn() {
    // 1. Time moves only when nothing is ready (R6).
    if (ready_.empty() && front_.empty()) {
        const auto next = next_timer();
        if (next == timers_.end()) {
            return false;
        }
        now_ = std::max(now_, next->deadline);
    }

    // 2. Due timers join the end of the queue, by date, then by age (R5a, R7).
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
