// limit_coroutines.cpp: coroutines without a loop: what the compiler's part costs.
#include "limit.hpp"
#include "../bench.hpp"

#include <coroutine>
#include <exception>
#include <utility>

namespace bench {
namespace {

std::uint64_t sum = 0;

/// A coroutine that somebody else resumes, and destroys.
struct Bare {
    struct promise_type {
        static inline char* free_memory = nullptr; ///< if set, frames are cut from there

        static void* operator new(std::size_t size) {
            if (free_memory == nullptr) {
                return ::operator new(size);
            }
            return std::exchange(free_memory, free_memory + (size + 15) / 16 * 16);
        }
        static void operator delete(void*) {} // the memory is given back as a whole

        Bare get_return_object() {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<> handle;
};

[[gnu::noinline]] Bare yield_often(std::uint32_t count) {
    while (count-- > 0) {
        co_await std::suspend_always{};
    }
}

[[gnu::noinline]] Bare trivial(std::uint64_t i) {
    sum += i;
    co_return;
}

/// A coroutine that is awaited: it knows who waits, and goes on with him by a jump, not a call.
class Awaited {
public:
    struct promise_type {
        std::coroutine_handle<> waiter;
        int result = 0;
        static inline void* spare = nullptr; ///< the frame that was freed last

        static void* operator new(std::size_t size) {
            return spare != nullptr ? std::exchange(spare, nullptr) : ::operator new(size);
        }
        static void operator delete(void* frame) {
            if (spare == nullptr) {
                spare = frame;
            } else {
                ::operator delete(frame);
            }
        }

        struct ToWaiter {
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<> await_suspend(
                std::coroutine_handle<promise_type> self) noexcept {
                return self.promise().waiter;
            }
            void await_resume() noexcept {}
        };
        Awaited get_return_object() {
            return Awaited(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        ToWaiter final_suspend() noexcept { return {}; }
        void return_value(int value) { result = value; }
        void unhandled_exception() { std::terminate(); }
    };

    explicit Awaited(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
    Awaited(const Awaited&) = delete;
    Awaited& operator=(const Awaited&) = delete;
    ~Awaited() { handle_.destroy(); }

    bool await_ready() { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiter) {
        handle_.promise().waiter = waiter;
        return handle_;
    }
    int await_resume() { return handle_.promise().result; }

private:
    std::coroutine_handle<promise_type> handle_;
};

[[gnu::noinline]] Awaited leaf(int x) { co_return x + 1; }

[[gnu::noinline]] Bare call_often(std::uint32_t count) {
    int x = 0;
    while (count-- > 0) {
        x = co_await leaf(x);
    }
    keep(x);
}

void start_and_resume_all(std::string_view workload, char* memory) {
    const std::uint64_t begin = nanoseconds();
    Bare::promise_type::free_memory = memory;
    std::vector<std::coroutine_handle<>> all(tasks);
    for (std::uint64_t i = 0; i < tasks; ++i) {
        all[i] = trivial(i).handle;
    }
    for (const std::coroutine_handle<> handle : all) {
        handle.resume();
    }
    for (const std::coroutine_handle<> handle : all) {
        handle.destroy();
    }
    report_each(workload, nanoseconds() - begin, tasks);
}

} // namespace

void coro_yield() { // no queue at all: it is resumed until it is done
    constexpr std::uint32_t count = 10 * yields;
    const std::coroutine_handle<> handle = yield_often(count).handle;
    const std::uint64_t begin = nanoseconds();
    while (!handle.done()) {
        handle.resume();
    }
    report_each("coro_yield", nanoseconds() - begin, count);
}

void spawn_join() { // frames side by side, in memory that the second time is there already
    const std::uint64_t before = memory_bytes();
    auto* memory = static_cast<char*>(std::malloc(std::size_t{tasks} * 128));
    start_and_resume_all("spawn_join_cold", memory);
    report_bytes("spawn_join_bytes", before, tasks);
    start_and_resume_all("spawn_join", memory);
    std::free(memory);
    keep(sum);
}

void nested_await() {
    const std::coroutine_handle<> handle = call_often(awaits).handle;
    const std::uint64_t begin = nanoseconds();
    handle.resume();
    report_each("nested_await", nanoseconds() - begin, awaits);
}

} // namespace bench
