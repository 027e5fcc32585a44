// timer_queue.cpp: the heap of deadlines.
#include "aio/timer_queue.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "aio/contract.hpp"

namespace aio {

bool TimerQueue::later(const Key& a, const Key& b) noexcept {
    return a.deadline != b.deadline ? a.deadline > b.deadline : a.sequence > b.sequence;
}

TimerQueue::Id TimerQueue::push(time_point deadline, Callback callback, std::uint64_t place) {
    if (free_slots_.empty()) {
        AIO_EXPECTS(slots_.size() < std::numeric_limits<std::uint32_t>::max());
        slots_.emplace_back();
        free_slots_.push_back(static_cast<std::uint32_t>(slots_.size() - 1));
    }
    const Id id{free_slots_.back(), ++last_sequence_ | place};
    heap_.push_back({deadline, id.sequence, id.slot});
    free_slots_.pop_back();
    slots_[id.slot] = {std::move(callback), id.sequence, true};
    std::push_heap(heap_.begin(), heap_.end(), later);
    ++waiting_;
    return id;
}

Callback TimerQueue::release(Id id) {
    Slot& slot = slots_[id.slot];
    slot.sequence = 0;
    Callback callback = std::move(slot.callback);
    free_slots_.push_back(id.slot);
    return callback; // destroyed by the caller: its captures may call back into this queue
}

bool TimerQueue::cancel(Id id) {
    if (id.slot >= slots_.size() || slots_[id.slot].sequence != id.sequence) {
        return false;
    }
    if (slots_[id.slot].in_heap) {
        --waiting_;
    }
    const Callback dropped = release(id);
    if (heap_.size() > 64 && waiting_ < heap_.size() / 2) {
        sweep();
    }
    return true;
}

void TimerQueue::pop_front() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    heap_.pop_back();
}

void TimerQueue::drop_dead_front() {
    while (!heap_.empty() && !alive(heap_.front())) {
        pop_front();
    }
}

std::optional<TimerQueue::Due> TimerQueue::pop_due(time_point now) {
    drop_dead_front();
    if (heap_.empty() || heap_.front().deadline > now) {
        return std::nullopt;
    }
    const Key key = heap_.front();
    pop_front();
    slots_[key.slot].in_heap = false;
    --waiting_;
    return Due{{key.slot, key.sequence}, key.deadline};
}

Callback TimerQueue::fire(Id id) {
    return slots_[id.slot].sequence == id.sequence ? release(id) : Callback();
}

std::optional<time_point> TimerQueue::next_deadline() {
    drop_dead_front();
    return heap_.empty() ? std::nullopt : std::optional(heap_.front().deadline);
}

void TimerQueue::sweep() { // keeps memory within twice the living, however many are cancelled
    std::erase_if(heap_, [this](const Key& key) { return !alive(key); });
    std::make_heap(heap_.begin(), heap_.end(), later);
}

void TimerQueue::clear() noexcept {
    const auto dropped = std::exchange(slots_, {});
    heap_.clear();
    free_slots_.clear();
    waiting_ = 0;
}

} // namespace aio
