// ready_queue.hpp: the callbacks that may run now, first in, first out.
//
// Records of {function, captures} lie one behind another in chunks of 4 KiB. A callback is built in
// its chunk, runs there, and is destroyed there: nothing moves and nothing is allocated while
// chunks are recycled. A deque of std::function would allocate for most lambdas, and move each of
// them twice.
//
// Floor 2.
#pragma once

#include "aio/contract.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace aio {

/// A first-in-first-out queue of callables.
///
/// Invariant: records with a sequence in [next_sequence(), end_sequence()) are in the queue, in
/// that order.
class ReadyQueue {
public:
    /// A record's place, and its number.
    struct Position {
        void* record;
        std::uint64_t sequence;
    };

    ReadyQueue();
    ~ReadyQueue();
    ReadyQueue(const ReadyQueue&) = delete;
    ReadyQueue& operator=(const ReadyQueue&) = delete;

    bool empty() const noexcept { return next_sequence_ == end_sequence_; }
    std::size_t size() const noexcept {
        return static_cast<std::size_t>(end_sequence_ - next_sequence_);
    }
    std::uint64_t next_sequence() const noexcept { return next_sequence_; }
    std::uint64_t end_sequence() const noexcept { return end_sequence_; }

    /// Appends `callable`.
    ///
    /// Throws: what its copy or move throws; std::bad_alloc. The queue is then unchanged.
    /// Complexity: O(1). Allocates a chunk when none is free, and a box for callables over 256
    /// bytes.
    template <class F> Position push(F&& callable) {
        using Held = std::decay_t<F>;
        if constexpr (sizeof(Held) <= largest_bytes && alignof(Held) <= alignof(Header)) {
            constexpr std::size_t bytes = record_bytes<Held>;
            if (static_cast<std::size_t>(write_end_ - write_) < bytes) [[unlikely]] {
                grow();
            }
            std::byte* record = write_;
            ::new (static_cast<void*>(record + sizeof(Header))) Held(std::forward<F>(callable));
            ::new (static_cast<void*>(record)) Header{&operate<Held>};
            write_ = record + bytes;
            return {record, end_sequence_++};
        } else {
            return push(
                [boxed = std::make_unique<Held>(std::forward<F>(callable))] { (*boxed)(); });
        }
    }

    /// Takes the first record and runs it in place.
    ///
    /// Requires: not empty. Throws: what the callable throws; the record is gone either way.
    /// Complexity: O(1).
    void run_next() {
        std::byte* record = take_front();
        const Operate act = std::launder(reinterpret_cast<Header*>(record))->operate;
        try {
            read_ += act(Action::run, record);
        } catch (...) {
            read_ += act(Action::measure, record);
            throw;
        }
    }

    /// Effects: the record at `position` will not run; its captures are destroyed now.
    /// Returns: false if it is running, has run, or was cancelled before. Complexity: O(1).
    bool cancel(Position position) noexcept;

    /// Effects: destroys all records without running them.
    void clear() noexcept;

private:
    enum class Action { run, drop, measure };
    /// Runs and destroys the callable, or destroys it only, or neither. Returns: the bytes of the
    /// record, which lead to the next one.
    using Operate = std::size_t (*)(Action, std::byte* record);
    struct Header {
        Operate operate;
    };
    struct Chunk {
        Chunk* next = nullptr;
        std::byte* end = nullptr; ///< of its last record; null while more may come
        alignas(alignof(Header)) std::byte bytes[4096 - 16];
    };
    static constexpr std::size_t largest_bytes = 256;

    template <class Held>
    static constexpr std::size_t record_bytes =
        sizeof(Header) + std::max(sizeof(Header), (sizeof(Held) + alignof(Header) - 1) /
                                                      alignof(Header) * alignof(Header));

    template <class Held> static std::size_t operate(Action action, std::byte* record) {
        struct Destroy { // also when the call throws
            Held& held;
            ~Destroy() { held.~Held(); }
        };
        Held& held = *std::launder(reinterpret_cast<Held*>(record + sizeof(Header)));
        if (action == Action::run) [[likely]] {
            const Destroy destroy{held};
            held();
        } else if (action == Action::drop) {
            held.~Held();
        }
        return record_bytes<Held>;
    }
    static std::size_t skip(Action action, std::byte* record);

    void grow();
    void next_chunk() noexcept;
    std::byte* take_front() noexcept {
        if (read_ == head_->end) [[unlikely]] {
            next_chunk();
        }
        ++next_sequence_; // from here on a handle can no longer cancel this record
        return read_;
    }

    std::byte* write_; ///< the next record's place, in `tail_`
    std::byte* write_end_;
    std::byte* read_; ///< the first record's, in `head_`
    Chunk* head_;
    Chunk* tail_;
    Chunk* free_ = nullptr;
    std::uint64_t next_sequence_ = 1;
    std::uint64_t end_sequence_ = 1;
    std::vector<std::unique_ptr<Chunk>> chunks_; ///< all of them: they live as long as the queue
};

} // namespace aio
