// inbox.cpp: how posts of other threads come to a loop, and how it waits for them.
#include "aio/inbox.hpp"

#include "aio/error.hpp"
#include "aio/event_loop.hpp"

#include <algorithm>

namespace aio {
namespace detail {

void Inbox::open() { // both at once: from then on the reader finds one to swap
    in_ = std::make_unique<ReadyQueue>();
    taken_ = std::make_unique<ReadyQueue>();
}

std::size_t Inbox::take() {
    const std::lock_guard lock(mutex_);
    if (taken_ != nullptr && !taken_->empty()) {
        return 0; // an exception has ended the loop's turn in their midst: the next turn goes on
    }
    has_news_.store(false);
    in_.swap(taken_);
    return taken_ != nullptr ? taken_->size() : 0;
}

bool Inbox::fall_asleep() {
    // A push comes before this, and is seen here; or after, and then it sees the flag. Only a nudge
    // does not lock: of two threads that both write one flag and then read the other's, one at
    // least sees what the other wrote.
    const std::lock_guard lock(mutex_);
    asleep_.store(true);
    return !has_news_.load();
}

void Inbox::close() {
    std::unique_ptr<ReadyQueue> dropped[2]; // outside the lock: what they own may post
    const std::lock_guard lock(mutex_);
    closed_ = true;
    dropped[0] = std::move(in_);
    dropped[1] = std::move(taken_);
    has_news_.store(false);
}

} // namespace detail

// What a post does besides, when somebody must be told: seldom, but on a virtual clock.
void EventLoop::told_by_post(detail::Inbox::Posted how) {
    if (how == detail::Inbox::Posted::refused) {
        throw Error("event loop is closed");
    }
    if (how == detail::Inbox::Posted::ring) {
        selector_->wake();
    }
    if (const Seat seat = seat_; seat != 0 && running_loop_or_null() != this) {
        clock_.poke(seat);
    }
}

void EventLoop::collect_posts() {
    if (!inbox_.has_news()) {
        return;
    }
    posts_came_ = true;
    for (std::size_t left = inbox_.take(); left > 0; --left) {
        add_ready([this] { inbox_.run_next(); }, "post");
    }
    collect_signals();
}

bool EventLoop::spin_for_posts(std::optional<time_point> deadline) {
    constexpr duration hope = 1ms; // so long after a post another one may come soon
    if (!posts_came_ && jobs_away_ == 0 && (spun_until_ == time_point{} || time() >= spun_until_)) {
        spun_until_ = {};
        return false;
    }
    const auto glance = [this] {
        return (!watches_.empty() || signals_ != nullptr) &&
               selector_->select(duration::zero(), news_);
    };
    const duration limit = deadline ? std::min(spin_, *deadline - time()) : spin_;
    const bool came = spinner_.wait(inbox_.news(), limit, glance);
    if (!came && std::exchange(posts_came_, false)) {
        spun_until_ = time() + hope;
    }
    return came;
}

} // namespace aio
