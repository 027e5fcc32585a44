// plain_inbox.hpp: a mutex around a vector that the reader swaps: what aio::detail::Inbox must
// equal.
#pragma once

#include <aio/inbox.hpp>

#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace aio::testing {

class PlainInbox {
public:
    using Posted = detail::Inbox::Posted;

    Posted push(std::function<void()> callable) {
        const std::lock_guard lock(mutex_);
        if (closed_) {
            return Posted::refused;
        }
        in_.push_back(std::move(callable));
        return ring();
    }
    Posted nudge() {
        const std::lock_guard lock(mutex_);
        nudged_ = true;
        return ring();
    }
    bool has_news() {
        const std::lock_guard lock(mutex_);
        return !in_.empty() || nudged_;
    }
    std::size_t take() {
        const std::lock_guard lock(mutex_);
        nudged_ = false;
        const std::size_t count = in_.size();
        taken_.insert(taken_.end(), in_.begin(), in_.end());
        in_.clear();
        return count;
    }
    void run_next() {
        const auto next = taken_.front();
        taken_.pop_front();
        next();
    }
    bool fall_asleep() {
        const std::lock_guard lock(mutex_);
        asleep_ = true;
        return in_.empty() && !nudged_;
    }
    void wake_up() {
        const std::lock_guard lock(mutex_);
        asleep_ = false;
    }
    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        nudged_ = false;
        in_.clear();
        taken_.clear();
    }

private:
    Posted ring() { return std::exchange(asleep_, false) ? Posted::ring : Posted::quietly; }

    std::mutex mutex_;
    std::vector<std::function<void()>> in_;
    std::deque<std::function<void()>> taken_;
    bool asleep_ = false;
    bool nudged_ = false;
    bool closed_ = false;
};

} // namespace aio::testing
