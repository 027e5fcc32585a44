// timer_queue.cpp: the order of deadlines, made when it is needed.
#include "aio/timer_queue.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace aio {
namespace {

constexpr std::size_t worth_a_run = 1024; ///< keys: fewer are quicker in a heap

/// Sorts by rank, and leaves equal ranks as they stand: by 11 bits at a time, the lowest first, and
/// only those bits that differ. Requires: `spare` is as large. Complexity: O(n), three or four
/// times for a minute's timers.
template <class Key> void sort_by_rank(PlainArray<Key>& keys, PlainArray<Key>& spare) {
    constexpr unsigned digit_bits = 11;
    const auto earlier = [](const Key& a, const Key& b) { return a.rank < b.rank; };
    const auto [first, last] = std::minmax_element(keys.begin(), keys.end(), earlier);
    const auto least = first->rank;
    const auto span = last->rank - least;
    for (unsigned shift = 0; shift < 64 && span >> shift != 0; shift += digit_bits) {
        const auto digit = [least, shift](const Key& key) {
            return (key.rank - least) >> shift & ((1U << digit_bits) - 1);
        };
        std::array<std::uint32_t, 1U << digit_bits> place{}; // of the next key with that digit
        for (const Key& key : keys) {
            ++place[digit(key)];
        }
        std::exclusive_scan(place.begin(), place.end(), place.begin(), 0U);
        for (const Key& key : keys) {
            spare[place[digit(key)]++] = key;
        }
        keys.swap(spare);
    }
}

/// Drops the keys before `begin`, and those that are not alive. Without a branch on the answer,
/// which nobody could predict.
template <class Keys, class Alive> void keep_alive(Keys& keys, std::size_t begin, Alive alive) {
    std::size_t kept = 0;
    for (std::size_t i = begin; i < keys.size(); ++i) {
        keys[kept] = keys[i];
        kept += alive(keys[i]) ? 1 : 0;
    }
    keys.resize(kept);
}

} // namespace

bool TimerQueue::later(const LateKey& a, const LateKey& b) noexcept {
    return a.key.rank != b.key.rank ? a.key.rank > b.key.rank : a.sequence > b.sequence;
}

void TimerQueue::add_late_or_grow(Key key) {
    try {
        if (key.rank >= horizon_) {
            far_.reserve(std::max(few, 2 * far_.size()));
            add_far(key);
            return;
        }
        heap_.push_back({key, slots_.sequence(key.slot)});
    } catch (...) {
        slots_.drop(key.slot);
        throw;
    }
    std::push_heap(heap_.begin(), heap_.end(), later);
    ++waiting_;
}

bool TimerQueue::cancel_with_care(Id id) {
    if (slots_.waits(id.slot)) {
        --waiting_;
        ++dead_;
    }
    slots_.drop(id.slot);
    if (dead_ > waiting_ + few) { // keeps memory within twice the living
        sweep();
    }
    return true;
}

bool TimerQueue::run_is_first() const noexcept { // on a tie, too: it is older
    return run_next_ < run_.size() && (heap_.empty() || run_[run_next_].rank <= heap_[0].key.rank);
}

void TimerQueue::take_first() {
    if (run_is_first()) {
        ++run_next_;
    } else {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        heap_.pop_back();
    }
}

// Returns: the first live key before the horizon, or null. Dead ones on the way are dropped.
const TimerQueue::Key* TimerQueue::first_near() {
    while (run_next_ < run_.size() || !heap_.empty()) {
        const Key& first = run_is_first() ? run_[run_next_] : heap_[0].key;
        if (alive(first)) {
            return &first;
        }
        take_first();
        --dead_;
    }
    horizon_ = 0; // nothing is near: what comes now is far again
    return nullptr;
}

std::optional<TimerQueue::Due> TimerQueue::pop_due(time_point now) {
    const Rank limit = rank_of(std::min(now, end_of_time)) | after_timers;
    const Key* first = first_near();
    while (first == nullptr) {
        if (far_.empty() || far_[far_first_].rank > limit) {
            return std::nullopt;
        }
        move_horizon(limit);
        first = first_near();
    }
    if (first->rank > limit) {
        return std::nullopt;
    }
    const Due due{{first->slot, slots_.sequence(first->slot)}, deadline_of(first->rank)};
    due_.push_back(due.id);
    take_first();
    if (run_next_ + 16 < run_.size()) {
        slots_.prefetch_tag(run_[run_next_ + 16].slot);
    }
    slots_.stop_waiting(due.id.slot);
    --waiting_;
    return due;
}

void TimerQueue::fire_next() {
    const Id id = due_[due_next_++];
    if (due_next_ + 8 < due_.size()) {
        slots_.prefetch_callback(due_[due_next_ + 8].slot);
    }
    if (due_next_ == due_.size()) {
        due_.clear();
        due_next_ = 0;
    }
    if (slots_.holds(id)) {
        slots_.run(id.slot);
    }
}

std::optional<time_point> TimerQueue::next_deadline(time_point limit) {
    const auto early_enough = [limit](Rank rank) {
        const time_point deadline = deadline_of(rank);
        return deadline < limit ? std::optional(deadline) : std::nullopt;
    };
    for (;;) {
        if (const Key* first = first_near()) {
            return early_enough(first->rank);
        }
        if (far_.empty()) {
            return std::nullopt;
        }
        const Key& first = far_[far_first_];
        if (alive(first) || deadline_of(first.rank) >= limit) { // no need of order to know that
            return early_enough(first.rank);
        }
        move_horizon(first.rank);
    }
}

// Makes order among the earliest keys of far_: those up to `limit`, and a quarter of all, so that
// looking at the others pays. Requires: nothing is near; far_ has a key up to `limit`.
void TimerQueue::move_horizon(Rank limit) {
    const Rank horizon = far_.size() < few ? limit + 1 : choose_horizon(limit);
    const auto near = static_cast<std::size_t>(std::count_if(
        far_.begin(), far_.end(), [horizon](const Key& key) { return key.rank < horizon; }));
    // All memory first: from here on nothing can fail half-way and lose a timer.
    PlainArray<Key> spare;
    spare.resize(near < worth_a_run ? 0 : near);
    heap_.reserve(near < worth_a_run ? near : 0);
    run_.resize(near + 1);

    horizon_ = horizon;
    split_far(near);
    if (near >= worth_a_run) {
        sort_by_rank(run_, spare);
        return;
    }
    for (const Key& key : run_) {
        if (alive(key)) {
            heap_.push_back({key, slots_.sequence(key.slot)});
        } else {
            --dead_;
        }
    }
    run_.clear();
    std::make_heap(heap_.begin(), heap_.end(), later);
}

// Counts the keys in a thousand equal spans of time.
TimerQueue::Rank TimerQueue::choose_horizon(Rank limit) const {
    const Rank least = far_[far_first_].rank;
    Rank greatest = least;
    for (const Key& key : far_) {
        greatest = std::max(greatest, key.rank);
    }
    std::array<std::uint32_t, 1024> count{};
    unsigned shift = 0;
    while ((greatest - least) >> shift >= count.size()) {
        ++shift;
    }
    for (const Key& key : far_) {
        ++count[(key.rank - least) >> shift];
    }
    std::size_t spans = 0;
    for (std::size_t taken = 0; spans < count.size() && (taken < far_.size() / 4 ||
                                                         least + (Rank{spans} << shift) <= limit);
         ++spans) {
        taken += count[spans];
    }
    return std::min(least + (Rank{spans} << shift), greatest + 1);
}

// Moves the `near` keys before the horizon to run_, which has room for one more: each key is
// written to both sides, and the next one overwrites it where it does not belong.
void TimerQueue::split_far(std::size_t near) {
    std::size_t taken = 0;
    std::size_t kept = 0;
    for (const Key key : far_) {
        const bool is_near = key.rank < horizon_;
        run_[taken] = far_[kept] = key;
        taken += is_near ? 1 : 0;
        kept += is_near ? 0 : 1;
    }
    run_.resize(near);
    run_next_ = 0;
    far_.resize(kept);
    find_far_first();
}

void TimerQueue::find_far_first() {
    const auto first = std::min_element(far_.begin(), far_.end(),
                                        [](const Key& a, const Key& b) { return a.rank < b.rank; });
    far_first_ = static_cast<std::size_t>(first - far_.begin());
}

void TimerQueue::sweep() {
    keep_alive(far_, 0, [this](const Key& key) { return alive(key); });
    keep_alive(run_, run_next_, [this](const Key& key) { return alive(key); });
    keep_alive(heap_, 0, [this](const LateKey& late) { return alive(late.key); });
    std::make_heap(heap_.begin(), heap_.end(), later);
    run_next_ = 0;
    dead_ = 0;
    find_far_first();
}

void TimerQueue::clear() noexcept {
    slots_.clear(); // first: what was captured may cancel others while it is destroyed
    far_.clear();
    run_.clear();
    heap_.clear();
    due_.clear();
    horizon_ = 0;
    far_first_ = run_next_ = due_next_ = waiting_ = dead_ = 0;
}

} // namespace aio
