// recycled.hpp: memory for what is made and dropped all the time: coroutine frames, futures, tasks.
//
// malloc serves everybody, so it has to think. Here each thread keeps the blocks that it dropped in
// lists, one for each size, and hands the last one out again: it is still in the processor's cache.
// New blocks are cut from slabs, one behind another.
//
// Floor 4.
#pragma once

#include <array>
#include <cstddef>
#include <new>

namespace aio::detail {

/// Gives a class, or a coroutine by its promise, blocks that are used again.
///
/// A block goes to the list of the thread that drops it. After a million drops a list, and those of
/// a thread that ends, go to a store from which all threads take before a slab is cut: one that
/// only makes and one that only drops do not use up the memory. Slabs are kept until the program
/// ends. Under AddressSanitizer nothing is recycled, so that it sees each use of what was dropped.
struct Recycled {
#ifndef __SANITIZE_ADDRESS__
    /// Throws: std::bad_alloc. Complexity: O(1), amortized.
    [[gnu::always_inline]] static void* operator new(std::size_t size_bytes) {
        const std::size_t size = (size_bytes + step_bytes - 1) / step_bytes;
        if (size >= sizes) [[unlikely]] {
            return ::operator new(size_bytes);
        }
        if (lists_[size].first == nullptr) [[unlikely]] {
            refill(size);
        }
        Block* const block = lists_[size].first;
        lists_[size].first = block->next;
        return block;
    }
    [[gnu::always_inline]] static void operator delete(void* memory,
                                                       std::size_t size_bytes) noexcept {
        const std::size_t size = (size_bytes + step_bytes - 1) / step_bytes;
        if (size >= sizes) [[unlikely]] {
            ::operator delete(memory);
            return;
        }
        lists_[size].first = ::new (memory) Block{lists_[size].first};
        if (--lists_[size].room < 0) [[unlikely]] {
            hand_over(size);
        }
    }
#else
    static void* operator new(std::size_t size_bytes) { return ::operator new(size_bytes); }
    static void operator delete(void* memory, std::size_t) noexcept { ::operator delete(memory); }
#endif

private:
    struct Block {
        Block* next;
    };
    struct List {
        Block* first;
        std::ptrdiff_t room; ///< blocks that may still be dropped before the list is handed over
    };
    struct Store;
    struct LastWill;
    static constexpr std::size_t step_bytes = 16;
    static constexpr std::size_t sizes = 64; ///< up to 1008 bytes
    static void refill(std::size_t size);
    static void hand_over(std::size_t size) noexcept;

    static inline thread_local constinit std::array<List, sizes> lists_{};
};

} // namespace aio::detail
