// loop.cpp: the model's turn.
#include "loop.hpp"

#include <algorithm>
#include <stdexcept>

namespace lab::model {

void Loop::push(std::function<void()> callback, bool front) {
    if (front) {
        ready_.push_front(std::move(callback));
    } else {
        ready_.push_back(std::move(callback));
    }
}

std::size_t Loop::push_timer(ms delay, std::function<void()> callback) {
    if (delay <= ms{0} && on(Switch::zero_first)) {
        push(std::move(callback), true);
        return 0;
    }
    timers_.push_back({now + std::max(delay, ms{0}), ++last_number_, std::move(callback)});
    return last_number_;
}

void Loop::cancel_timer(std::size_t number) {
    std::erase_if(timers_, [number](const Timer& timer) { return timer.number == number; });
}

void Loop::complete(Fut& future, Fut::State state, std::string value) {
    future.state = state;
    future.value = std::move(value);
    for (auto& listener : std::exchange(future.listeners, {})) {
        on(Switch::inline_callbacks) ? listener() : push(std::move(listener));
    }
}

void Loop::listen(Fut& future, std::function<void()> listener) {
    if (future.done()) {
        push(std::move(listener));
    } else {
        future.listeners.push_back(std::move(listener));
    }
}

std::optional<std::size_t> Loop::next_timer() const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < timers_.size(); ++i) {
        const bool earlier =
            best && !on(Switch::timers_by_source) && timers_[i].deadline < timers_[*best].deadline;
        if (!best || earlier) { // they lie in order of age, so ties go to the older one
            best = i;
        }
    }
    return best;
}

void Loop::collect_due() {
    while (const auto next = next_timer()) {
        if (timers_[*next].deadline > now) {
            return;
        }
        Timer timer = std::move(timers_[*next]);
        timers_.erase(timers_.begin() + static_cast<std::ptrdiff_t>(*next));
        push([this, timer = std::move(timer)] {
            if (on(Switch::exact_timers)) {
                stamp = timer.deadline;
            }
            timer.callback();
            stamp.reset();
        });
    }
}

bool Loop::turn() {
    if (++turns_ > 100'000) {
        throw std::logic_error("the program turns for ever");
    }
    if (ready_.empty()) {
        const auto next = next_timer();
        if (!next) {
            return false;
        }
        now = std::max(now, timers_[*next].deadline);
    }
    collect_due();
    for (std::size_t left = ready_.size(); left > 0 && !ready_.empty(); --left) {
        const auto callback = std::move(ready_.front());
        ready_.pop_front();
        callback();
        if (on(Switch::no_snapshot)) {
            left = ready_.size() + 1;
        }
    }
    return true;
}

} // namespace lab::model
