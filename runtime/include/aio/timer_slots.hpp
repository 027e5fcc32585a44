// timer_slots.hpp: where the callbacks of timers lie until they run.
//
// A slot never moves, so a callback runs where it was built, even if it sets a thousand timers
// meanwhile. Beside the slots, and apart from them, lies one tag for each: whether a timer is still
// alive is answered by eight bytes, and its callback is left alone until it runs.
//
// Floor 2.
#pragma once

#include "aio/callback.hpp"
#include "aio/plain_array.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace aio {

/// Callbacks in places that are used again and again, each use with a number of its own.
///
/// Invariant: a tag is `sequence << 2 | flags` while its slot holds the callback with that number;
/// else it has the bit `idle`, and names the next free slot if it is free itself.
class TimerSlots {
public:
    /// Names a callback: its slot, and its number, which is never used again.
    struct Id {
        std::uint32_t slot;
        std::uint64_t sequence;
    };

    /// Numbers begin after `last_sequence`.
    explicit TimerSlots(std::uint64_t last_sequence) noexcept : last_sequence_(last_sequence) {}
    ~TimerSlots() { clear(); }
    TimerSlots(const TimerSlots&) = delete;
    TimerSlots& operator=(const TimerSlots&) = delete;

    /// Builds a callback from `callable`, which waits from now on.
    ///
    /// Throws: what the copy or move of `callable` throws; std::bad_alloc. Complexity: O(1).
    template <class F> Id put(F&& callable) {
        if (first_free_ == none) [[unlikely]] {
            grow();
        }
        const std::uint32_t slot = first_free_; // taken first: a copy may set timers of its own
        first_free_ = static_cast<std::uint32_t>(tags_[slot] >> 2);
        ++held_;
        try {
            ::new (place(slot)) Callback(std::forward<F>(callable));
        } catch (...) {
            free(slot);
            throw;
        }
        tags_[slot] = ++last_sequence_ << 2 | waiting | (Callback::forgettable<F> ? forgets : 0);
        return {slot, last_sequence_};
    }

    /// Returns: 32 bits that the slot has only while this callback waits, until stamps begin again.
    std::uint32_t stamp(std::uint32_t slot) const noexcept {
        return static_cast<std::uint32_t>(tags_[slot]);
    }
    static constexpr std::uint64_t stamps = std::uint64_t{1} << 30; ///< so many different ones
    static bool stamps_begin_again(Id id) noexcept { return id.sequence % stamps == 0; }

    /// Returns: the number of the callback there. Requires: the slot holds one.
    std::uint64_t sequence(std::uint32_t slot) const noexcept { return tags_[slot] >> 2; }
    /// Requires: `id` is one of this object's.
    bool holds(Id id) const noexcept { return sequence(id.slot) == id.sequence; }
    /// Returns: whether destroying the callback would do nothing.
    bool can_forget(std::uint32_t slot) const noexcept { return (tags_[slot] & forgets) != 0; }
    bool waits(std::uint32_t slot) const noexcept { return (tags_[slot] & waiting) != 0; }
    /// Effects: it waits no more, and its stamp is gone. Requires: it waits.
    void stop_waiting(std::uint32_t slot) noexcept { tags_[slot] ^= waiting; }

    /// Runs the callback where it lies; it can no longer be dropped. Then, also if it throws, its
    /// captures are destroyed and the slot is free. Requires: the slot holds one.
    void run(std::uint32_t slot);
    /// Destroys the callback unrun. Requires: the slot holds one.
    void drop(std::uint32_t slot) noexcept {
        if ((tags_[slot] & forgets) == 0) {
            destroy(slot);
        }
        free(slot);
        begin_again();
    }
    /// As drop(), for one that can be forgotten while others are left.
    void free(std::uint32_t slot) noexcept {
        tags_[slot] = idle | std::uint64_t{first_free_} << 2;
        first_free_ = slot;
        --held_;
    }
    /// Drops all. Requires: none runs.
    void clear() noexcept;

    /// Asks the processor for memory that is needed soon.
    void prefetch_tag(std::uint32_t slot) const noexcept { __builtin_prefetch(&tags_[slot], 1); }
    void prefetch_callback(std::uint32_t slot) noexcept { __builtin_prefetch(place(slot), 1); }

private:
    static constexpr std::uint64_t waiting = 1;
    static constexpr std::uint64_t forgets = 2;
    static constexpr std::uint64_t idle = std::uint64_t{1} << 63;
    static constexpr std::uint32_t none = 0xffffffff >> 2;
    static constexpr std::uint32_t block_slots = 1024; ///< blocks never move

    struct Place {
        alignas(Callback) std::byte bytes[sizeof(Callback)];
    };
    void* place(std::uint32_t slot) noexcept {
        return &blocks_[slot / block_slots][slot % block_slots];
    }
    void destroy(std::uint32_t slot) noexcept;
    void begin_again() noexcept;
    void grow();

    PlainArray<std::uint64_t> tags_;
    std::vector<std::unique_ptr<Place[]>> blocks_;
    std::uint32_t first_free_ = none;
    std::uint32_t used_ = 0; ///< slots that hold a callback, or are in the list of free ones
    std::uint32_t held_ = 0; ///< slots that hold a callback
    std::uint64_t last_sequence_;
};

} // namespace aio
