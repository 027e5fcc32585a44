// timer_slots.cpp: the slots of timers: running, dropping, growing.
#include "aio/timer_slots.hpp"

#include "aio/contract.hpp"

#include <bit>

namespace aio {

void TimerSlots::run(std::uint32_t slot) {
    struct Release { // also when the call throws
        TimerSlots& slots;
        std::uint32_t slot;
        std::uint64_t mark;
        ~Release() {
            if ((mark & forgets) == 0) {
                slots.destroy(slot);
            }
            slots.free(slot);
            slots.begin_again();
        }
    } const release{*this, slot, std::exchange(tags_[slot], idle)};
    Callback& callback = *std::launder(static_cast<Callback*>(place(slot)));
    if (callback) {
        callback();
    }
}

void TimerSlots::destroy(std::uint32_t slot) noexcept {
    tags_[slot] = idle; // first: what was captured may ask for this very timer
    std::launder(static_cast<Callback*>(place(slot)))->~Callback();
}

void TimerSlots::clear() noexcept {
    for (std::uint32_t slot = 0; slot < used_; ++slot) {
        if ((tags_[slot] & idle) == 0) {
            drop(slot);
        }
    }
}

// When nobody holds a slot, the list of free ones begins again in the order of memory: after many
// cancels it leads to and fro, and each step would wait for memory.
void TimerSlots::begin_again() noexcept {
    if (held_ == 0 && used_ > block_slots) {
        first_free_ = none;
        used_ = 0;
    }
}

void TimerSlots::grow() {
    AIO_EXPECTS(used_ < none - block_slots);
    if (used_ == blocks_.size() * block_slots) {
        tags_.reserve(std::bit_ceil(std::size_t{used_} + block_slots));
        blocks_.push_back(std::make_unique_for_overwrite<Place[]>(block_slots));
        tags_.resize(used_ + block_slots);
    }
    const std::uint32_t begin = used_;
    used_ += block_slots;
    for (std::uint32_t slot = used_; slot-- > begin;) {
        tags_[slot] = idle | std::uint64_t{first_free_} << 2;
        first_free_ = slot;
    }
}

} // namespace aio
