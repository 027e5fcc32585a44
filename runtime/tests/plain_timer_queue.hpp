// plain_timer_queue.hpp: the timer queue as one would write it first, and the reference for ours.
//
// One heap of (deadline, place, number). A cancelled timer stays in it until it comes up.
#pragma once

#include "aio/callback.hpp"
#include "aio/time.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace aio::testing {

/// Does what TimerQueue does, and names timers by their numbers: 1, 2, 3 ...
class PlainTimerQueue {
public:
    std::uint64_t push(time_point deadline, Callback callback, std::uint64_t place = 0) {
        callbacks_.emplace(++last_, std::move(callback));
        heap_.emplace_back(deadline, place, last_);
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
        return last_;
    }

    bool cancel(std::uint64_t number) { return callbacks_.erase(number) > 0; }

    std::optional<std::pair<std::uint64_t, time_point>> pop_due(time_point now) {
        drop_cancelled();
        if (heap_.empty() || std::get<0>(heap_.front()) > now) {
            return std::nullopt;
        }
        const auto [deadline, place, number] = heap_.front();
        pop();
        due_.push_back(number);
        return std::pair(number, deadline);
    }

    void fire_next() {
        const std::uint64_t number = due_.front();
        due_.pop_front();
        if (const auto found = callbacks_.find(number); found != callbacks_.end()) {
            Callback callback = std::move(found->second);
            callbacks_.erase(found);
            callback();
        }
    }

    std::optional<time_point> next_deadline() {
        drop_cancelled();
        return heap_.empty() ? std::nullopt : std::optional(std::get<0>(heap_.front()));
    }

    std::size_t size() const { return callbacks_.size() - due_alive(); }

private:
    using Key = std::tuple<time_point, std::uint64_t, std::uint64_t>; // deadline, place, number

    std::size_t due_alive() const {
        return static_cast<std::size_t>(std::count_if(
            due_.begin(), due_.end(), [this](auto number) { return callbacks_.contains(number); }));
    }
    void pop() {
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
        heap_.pop_back();
    }
    void drop_cancelled() {
        while (!heap_.empty() && !callbacks_.contains(std::get<2>(heap_.front()))) {
            pop();
        }
    }

    std::vector<Key> heap_;
    std::map<std::uint64_t, Callback> callbacks_;
    std::deque<std::uint64_t> due_;
    std::uint64_t last_ = 0;
};

} // namespace aio::testing
