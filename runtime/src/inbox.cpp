// inbox.cpp: how posts of other threads come to a loop, and how it waits for them.
#include "aio/inbox.hpp"

#include "aio/error.hpp"
#include "aio/event_loop.hpp"

#include <algorithm>

namespace aio {
namespace detail {

Inbox::~Inbox() {
    close();
    for (Chunk* list : {first_, free_, emptied_.load()}) {
        while (list != nullptr) {
            delete std::exchange(list, list->next);
        }
    }
}

void Inbox::grow() {
    if (free_ == nullptr) {
        free_ = emptied_.exchange(nullptr, std::memory_order_acquire); // all of them at once
    }
    Chunk* const chunk = free_ != nullptr ? std::exchange(free_, free_->next) : new Chunk;
    chunk->next = nullptr;
    if (last_ == nullptr) {
        first_ = chunk; // the reader learns of it with the number of the first post
    } else {
        last_->next = chunk;
        ::new (static_cast<void*>(write_)) Header{nullptr};
    }
    last_ = chunk;
    write_ = chunk->bytes;
    end_ = chunk->bytes + sizeof(chunk->bytes);
}

void Inbox::step(Action action) {
    if (read_ == nullptr) {
        read_ = first_->bytes;
    }
    const auto operation = [this] {
        return std::launder(reinterpret_cast<Header*>(read_))->operate;
    };
    if (operation() == nullptr) {
        Chunk* const empty = std::exchange(first_, first_->next);
        read_ = first_->bytes;
        empty->next = emptied_.load(std::memory_order_relaxed);
        while (!emptied_.compare_exchange_weak(empty->next, empty, std::memory_order_release,
                                               std::memory_order_relaxed)) {
        }
    }
    struct Advance { // also when the callback throws; not before: it is still in use
        Inbox& inbox;
        std::size_t bytes = 0;
        ~Advance() {
            inbox.read_ += bytes;
            ++inbox.ran_;
        }
    } advance{*this};
    operation()(action, read_, advance.bytes);
}

void Inbox::run_next() { step(Action::run); }

bool Inbox::fall_asleep() {
    // A push comes before this, and is seen here; or after, and then it sees the flag. Only a nudge
    // does not lock: of two threads that both write one flag and then read the other's, one at
    // least sees what the other wrote.
    const std::lock_guard lock(mutex_);
    asleep_.store(true);
    return !has_news();
}

void Inbox::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    take();
    while (ran_ != taken_) {
        step(Action::drop); // outside the lock: what they own may post, in vain
    }
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
    if (posts_stream_ && seat_ == 0 && ready_.empty()) {
        detail::Spinner::pause(); // let some gather
    }
    const std::size_t count = inbox_.take();
    posts_came_ = true;
    posts_stream_ = count > 1;
    for (std::size_t left = count; left > 0; --left) {
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
        return (watched_ != 0 || signals_ != nullptr) && selector_->select(duration::zero(), news_);
    };
    const duration limit = deadline ? std::min(spin_, *deadline - time()) : spin_;
    const bool came = spinner_.wait([this] { return inbox_.has_news(); }, limit, glance);
    if (!came && std::exchange(posts_came_, false)) {
        spun_until_ = time() + hope;
    }
    return came;
}

} // namespace aio
