// timer_queue.hpp: deadlines in order, first come, first served on ties.
//
// A binary heap of small keys (deadline, sequence, slot); the callbacks lie still in their slots.
// The sequence number makes the order total: two timers with one deadline fire in the order in
// which they were set, in every run and on every machine. Cancelling frees the slot at once and
// leaves the key, which is dropped when it comes up, or swept with the others when dead keys
// outnumber the living.
//
// Floor 2.
#pragma once

#include "aio/callback.hpp"
#include "aio/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace aio {

/// The timers that wait for their moment, and those that are due but have not run.
///
/// Invariant: `heap_` is a min-heap by (deadline, sequence); no two keys share a sequence; a key is
/// alive exactly while its slot holds the same sequence.
class TimerQueue {
public:
    /// The bit of a sequence that decides ties before its number does.
    static constexpr std::uint64_t after_timers = std::uint64_t{1} << 63;

    /// Names a timer: its slot, and its number, which is never used again.
    struct Id {
        std::uint32_t slot;
        std::uint64_t sequence;
        std::uint64_t number() const noexcept { return sequence & ~after_timers; } ///< for reports
    };
    struct Due {
        Id id;
        time_point deadline;
    };

    /// Adds a timer; with `place` after_timers, one that comes after all others of its date, as a
    /// frame does (R12). Complexity: O(log n).
    Id push(time_point deadline, Callback callback, std::uint64_t place = 0);

    /// Effects: the timer never fires; what it captured is destroyed now.
    /// Returns: false if it has been fired or cancelled. Complexity: O(1), amortized.
    bool cancel(Id id);

    /// Takes the earliest timer whose deadline is at or before `now` out of the order. It can still
    /// be cancelled until fire(). Returns: nothing if none is due. Complexity: O(log n), and once
    /// for each dead key on the way.
    std::optional<Due> pop_due(time_point now);

    /// Takes the callback of a timer that pop_due() returned; an empty one if it was cancelled
    /// since.
    Callback fire(Id id);

    /// Returns: the earliest deadline of a live timer. Complexity: O(1), and O(log n) for each dead
    /// key on the way.
    std::optional<time_point> next_deadline();

    /// Returns: how many timers wait for their deadline.
    std::size_t size() const noexcept { return waiting_; }

    /// Effects: drops all timers.
    void clear() noexcept;

private:
    struct Key {
        time_point deadline;
        std::uint64_t sequence;
        std::uint32_t slot;
    };
    struct Slot {
        Callback callback;
        std::uint64_t sequence = 0; ///< 0: free
        bool in_heap = false;
    };

    static bool later(const Key& a, const Key& b) noexcept;
    bool alive(const Key& key) const noexcept { return slots_[key.slot].sequence == key.sequence; }
    Callback release(Id id);
    void pop_front();
    void drop_dead_front();
    void sweep();

    std::vector<Key> heap_;
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_slots_;
    std::size_t waiting_ = 0; ///< live keys in the heap
    std::uint64_t last_sequence_ = 0;
};

} // namespace aio
