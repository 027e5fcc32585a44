// inbox.hpp: where other threads leave callbacks for a loop.
//
// A long list, written at one end and read at the other. A post is built in its place, and runs
// there; then its number is published. Those who write take turns by a mutex. The reader needs
// none: what was published is never written again. So the two touch only two cache lines in common,
// the one with the number and the one with the post. Each further line would cost both of them what
// it takes to carry memory from one processor to another, which is more than all the work of a
// post.
//
// Who posts also learns whether the loop sleeps and must be woken. Waking is a call of the kernel,
// so only the first who finds it asleep pays for it.
//
// Floor 2.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <type_traits>
#include <utility>

namespace aio::detail {

/// Callbacks on their way from any thread to one reader, in the order in which they took the mutex.
///
/// Invariant: the posts with numbers in (`ran_`, `posted_`] lie behind `read_`, in that order.
class Inbox {
public:
    enum class Posted : std::uint8_t {
        quietly, ///< the reader will look by itself
        ring,    ///< it sleeps: the caller, and nobody else, wakes it
        refused  ///< it takes no more
    };

    Inbox() = default;
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;
    ~Inbox();

    /// From any thread. `callable` is moved under the mutex. Throws: std::bad_alloc, and what the
    /// move throws; nothing has come then. Complexity: O(1); allocates a chunk of 4 KiB when none
    /// is free, and a box for callables over 256 bytes.
    template <class F> Posted push(F&& callable) {
        using Held = std::decay_t<F>;
        if constexpr (sizeof(Held) > largest_bytes || alignof(Held) > alignof(Header)) {
            return push(
                [boxed = std::make_unique<Held>(std::forward<F>(callable))] { (*boxed)(); });
        } else {
            const std::lock_guard lock(mutex_);
            if (closed_) {
                return Posted::refused;
            }
            std::byte* const record = room_for(record_bytes<Held>);
            ::new (static_cast<void*>(record + sizeof(Header))) Held(std::forward<F>(callable));
            ::new (static_cast<void*>(record)) Header{&operate<Held>};
            write_ = record + record_bytes<Held>;
            posted_.store(posted_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
            return ring();
        }
    }
    /// From a signal's handler, which may not lock: the reader is to look around.
    Posted nudge() noexcept {
        nudged_.store(true);
        return ring();
    }

    // The reader's side: one thread.

    /// Returns: whether take() or a nudge is due.
    bool has_news() const noexcept {
        return posted_.load(std::memory_order_acquire) != taken_ || nudged_.load();
    }
    /// Returns: how many have come since the last call: so often run_next() may be called.
    std::size_t take() noexcept {
        nudged_.store(false);
        const std::uint64_t before = std::exchange(taken_, posted_.load(std::memory_order_acquire));
        return static_cast<std::size_t>(taken_ - before);
    }
    /// Runs the oldest in its place. Throws: what it throws; it is gone either way.
    void run_next();

    /// From here on whoever posts gets Posted::ring. Returns: false if something has come before:
    /// do not sleep.
    bool fall_asleep();
    void wake_up() noexcept { asleep_.store(false, std::memory_order_relaxed); }

    /// Refuses posts from now on, and drops those that have not run.
    void close();

private:
    enum class Action : bool { run, drop };
    /// Says how many bytes the record takes, then runs and destroys the callable, or only destroys
    /// it.
    using Operate = void (*)(Action, std::byte* record, std::size_t& bytes);
    struct Header {
        Operate operate; ///< null: the list goes on in the next chunk
    };
    struct Chunk {
        Chunk* next = nullptr;
        alignas(alignof(Header)) std::byte bytes[4096 - 16];
    };
    static constexpr std::size_t largest_bytes = 256;

    template <class Held>
    static constexpr std::size_t record_bytes =
        sizeof(Header) + (sizeof(Held) + alignof(Header) - 1) / alignof(Header) * alignof(Header);

    template <class Held>
    static void operate(Action action, std::byte* record, std::size_t& bytes) {
        struct Destroy { // also when the call throws
            Held* held;
            ~Destroy() { held->~Held(); }
        };
        bytes = record_bytes<Held>;
        const Destroy destroy{std::launder(reinterpret_cast<Held*>(record + sizeof(Header)))};
        if (action == Action::run) {
            (*destroy.held)();
        }
    }

    /// Returns: where to write `bytes` bytes. Another header fits behind them.
    std::byte* room_for(std::size_t bytes) {
        if (static_cast<std::size_t>(end_ - write_) < bytes + sizeof(Header)) {
            grow();
        }
        return write_;
    }
    void grow();
    void step(Action action);
    Posted ring() noexcept { // one of those who come while the reader sleeps has to wake it
        return asleep_.load() && asleep_.exchange(false) ? Posted::ring : Posted::quietly;
    }

    // The writers' line: guarded by mutex_, but for the atomics.
    alignas(64) std::mutex mutex_;
    std::atomic<std::uint64_t> posted_ = 0; ///< the number of the last one; the reader looks at it
    std::byte* write_ = nullptr;
    std::atomic<bool> asleep_ = false;
    std::atomic<bool> nudged_ = false;
    bool closed_ = false;

    // Seldom used: when a chunk is full, or empty.
    alignas(64) std::byte* end_ =
        nullptr; ///< of the chunk that is written, as the next two: guarded
    Chunk* last_ = nullptr;
    Chunk* free_ = nullptr;
    std::atomic<Chunk*> emptied_ = nullptr; ///< the reader gives chunks back

    // The reader's own.
    alignas(64) std::uint64_t taken_ = 0; ///< the number of the last one that take() told of
    std::uint64_t ran_ = 0;
    std::byte* read_ = nullptr;
    Chunk* first_ = nullptr; ///< the chunk that is read; written by the first post
};

} // namespace aio::detail
