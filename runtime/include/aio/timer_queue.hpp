// timer_queue.hpp: deadlines in order, first come, first served on ties.
//
// Order is work, and most timers are cancelled before anybody needs it. So it is made late, and for
// many timers at once:
//
//     near, ordered:   run_   sorted once, taken from the front
//                      heap_  those that came after the run was made (and all, while they are few)
//     ------------- horizon -----------------------------------------------------------------
//     far, unordered:  far_   in the order of the calls; only the first of them is known
//
// A timer beyond the horizon is appended to far_. When near is used up and the first of far_ is
// due, the horizon moves: the earliest quarter becomes the run, by a radix sort. It is stable, so
// equal deadlines keep the order of the calls, in every run and on every machine. Cancelling frees
// the slot at once and leaves a dead key, which is dropped when it comes up, or swept with the
// others when they outnumber the living. docs/timers.md tells the story from the plain heap on.
//
// Floor 2.
#pragma once

#include "aio/plain_array.hpp"
#include "aio/time.hpp"
#include "aio/timer_slots.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

namespace aio {

/// The timers that wait for their moment, and those that are due but have not run.
///
/// Invariants: keys of run_ and heap_ are below `horizon_`, those of far_ are not; keys of far_ are
/// in the order of the calls; keys of run_ are older than those of heap_; a key is alive exactly
/// while its slot has its stamp.
class TimerQueue {
public:
    /// The place of a timer that comes after all others of its date, as a frame does (R12).
    static constexpr std::uint64_t after_timers = 1;

    using Id = TimerSlots::Id;
    struct Due {
        Id id;
        time_point deadline;
    };

    /// Numbers begin after `last_sequence`.
    explicit TimerQueue(std::uint64_t last_sequence = 0) noexcept : slots_(last_sequence) {}
    ~TimerQueue() { clear(); }
    TimerQueue(const TimerQueue&) = delete;
    TimerQueue& operator=(const TimerQueue&) = delete;

    /// Adds a timer that runs `callable`, once; with `place` after_timers, after the others.
    ///
    /// Requires: `deadline` is between -longest_delay and end_of_time. Throws: what copying
    /// `callable` throws; std::bad_alloc. Complexity: O(1) beyond the horizon, else O(log n).
    template <class F> Id push(time_point deadline, F&& callable, std::uint64_t place = 0) {
        const Id id = slots_.put(std::forward<F>(callable));
        const Key key{rank_of(deadline) | place, id.slot, slots_.stamp(id.slot)};
        if (key.rank >= horizon_ && far_.size() < far_.capacity()) [[likely]] {
            add_far(key);
        } else {
            add_late_or_grow(key);
        }
        if (slots_.stamps_begin_again(id)) [[unlikely]] {
            sweep(); // so no dead key ever meets its stamp again
        }
        return id;
    }

    /// Effects: the timer never fires; what it captured is destroyed now.
    /// Returns: false if it has been fired or cancelled. Complexity: O(1), amortized.
    bool cancel(Id id) {
        if (!slots_.holds(id)) {
            return false;
        }
        if (!slots_.can_forget(id.slot) || dead_ + 2 > waiting_ + few || waiting_ <= 1)
            [[unlikely]] {
            return cancel_with_care(id); // something is to be destroyed, swept or begun again
        }
        if (slots_.waits(id.slot)) {
            --waiting_;
            ++dead_;
        }
        slots_.free(id.slot);
        return true;
    }

    /// Takes the earliest timer whose deadline is at or before `now` out of the order, and puts it
    /// at the end of those that are due. Until it fires it can still be cancelled. Returns: nothing
    /// if none is due. Complexity: O(1), amortized, for one that comes from the run, else O(log n).
    std::optional<Due> pop_due(time_point now);

    /// Runs the first of the due timers, in its slot; nothing if it was cancelled meanwhile.
    ///
    /// Requires: pop_due() gave more timers than were fired. Throws: what the callable throws.
    void fire_next();

    /// Returns: the earliest deadline of a timer that waits, if that is before `limit`; who wants
    /// to know no more than that spares this queue some work. Complexity: O(1), amortized.
    std::optional<time_point> next_deadline(time_point limit = time_point::max());

    /// Returns: how many timers wait for their deadline.
    std::size_t size() const noexcept { return waiting_; }

    /// Returns: how many keys are kept, those of cancelled timers too: at most twice size(),
    /// and 64.
    std::size_t keys() const noexcept { return waiting_ + dead_; }

    /// Effects: drops all timers. Requires: none runs.
    void clear() noexcept;

private:
    static constexpr std::size_t few = 64; ///< looking at so many keys costs less than order

    /// A deadline and a place in one number, so that one comparison decides: 290 years of
    /// nanoseconds take 63 bits.
    using Rank = std::uint64_t;
    static Rank rank_of(time_point deadline) noexcept {
        return static_cast<Rank>((deadline.time_since_epoch() + longest_delay).count()) << 1;
    }
    static time_point deadline_of(Rank rank) noexcept {
        return time_point(duration(rank >> 1) - longest_delay);
    }

    struct Key {
        Rank rank;
        std::uint32_t slot;
        std::uint32_t stamp;
    };
    struct LateKey {
        Key key;
        std::uint64_t sequence; ///< a heap forgets the order of the calls
    };

    static bool later(const LateKey& a, const LateKey& b) noexcept;
    bool alive(const Key& key) const noexcept { return slots_.stamp(key.slot) == key.stamp; }
    void add_far(Key key) {
        far_.push_back(key);
        far_first_ = key.rank < far_[far_first_].rank ? far_.size() - 1 : far_first_;
        ++waiting_;
    }
    void add_late_or_grow(Key key);
    bool cancel_with_care(Id id);
    bool run_is_first() const noexcept;
    void take_first();
    const Key* first_near();
    void move_horizon(Rank limit);
    Rank choose_horizon(Rank limit) const;
    void split_far(std::size_t near);
    void find_far_first();
    void sweep();

    TimerSlots slots_;
    PlainArray<Key> far_;
    PlainArray<Key> run_;
    PlainArray<LateKey> heap_;
    PlainArray<Id> due_;
    std::size_t waiting_ = 0; ///< live keys
    Rank horizon_ = 0;
    std::size_t far_first_ = 0; ///< index of the first key of far_, dead or alive
    std::size_t run_next_ = 0;  ///< keys before it have been taken
    std::size_t due_next_ = 0;  ///< timers before it have fired
    std::size_t dead_ = 0;      ///< the others
};

} // namespace aio
