// coro.hpp: a coroutine object: a recipe card that cooks nothing until somebody awaits it.
//
// Calling a coroutine function makes a Coro and runs none of its body (rule R1). `co_await` runs it
// like a plain call (R3), and for the first 32 levels it is one. Deeper, and where one goes on
// after a wait, there is no stack to return to: a coroutine that wants another to run names
// it and returns to a loop, the trampoline, which resumes the named one. g++ makes a tail call of a
// symmetric transfer only from -O2 on and not under a sanitizer; a trampoline needs none, so a
// million awaits in each other use no stack.
//
// Floor 5.
#pragma once

#include "aio/future.hpp"

#include <coroutine>
#include <source_location>
#include <string>

namespace aio {

class AnyTask;

namespace detail {

class TaskBase;

/// What the promises of all coroutines share.
struct PromiseBase : Recycled {
    const char* function; ///< as the compiler spells it, for reports
    std::coroutine_handle<> awaiter = nullptr;
    PromiseBase* caller = nullptr; ///< the promise of `awaiter`: the way up the await stack
    TaskBase* task = nullptr;      ///< the task that runs this coroutine, once it has started
    std::exception_ptr error;
    bool must_run = true;  ///< to drop it before it has started is a mistake (R16)
    bool on_stack = false; ///< its awaiter is below it on the processor's stack, and goes on itself

    explicit PromiseBase(const char* function_name) : function(function_name) {
        if (tracer != nullptr) [[unlikely]] {
            trace_new();
        }
    }
    PromiseBase(const PromiseBase&) = delete;
    PromiseBase& operator=(const PromiseBase&) = delete;
    ~PromiseBase() {
        if (task == nullptr && must_run) [[unlikely]] {
            was_never_awaited();
        }
    }

    void trace_new() const;
    void was_never_awaited() const;
    std::string short_name() const; ///< Returns: the function's own name: "greet".
    /// Returns: an Error for one that ran off its end, which g++ does not always warn about.
    std::exception_ptr missing() const;
    void unhandled_exception() noexcept;
    std::suspend_always initial_suspend() noexcept { return {}; }
};

/// The last stop of a coroutine: its awaiter goes on.
struct FinalStop {
    bool await_ready() noexcept { return false; }
    template <class Promise> void await_suspend(std::coroutine_handle<Promise> self) noexcept {
        ended(self.promise());
    }
    void await_resume() noexcept {}
    static void ended(PromiseBase& promise) noexcept;
};

template <class T> struct CoroAwaiter;
struct AnyAwaiter;
template <class T> struct FutureAwaiter;

/// What may stand behind co_await: a coroutine, a future or task, and anything with asyncio's
/// shape.
struct AwaitTransform {
    template <class T> CoroAwaiter<T> await_transform(Coro<T>&& coro);
    template <class T> CoroAwaiter<T> await_transform(Coro<T>& coro);
    template <class T> FutureAwaiter<T> await_transform(const Future<T>& future);
    AnyAwaiter await_transform(const AnyTask& task);
    /// An awaiter of the runtime's own, which knows what promises are made of.
    template <class A>
        requires(A::is_awaiter)
    A await_transform(A awaiter) {
        return awaiter;
    }
};

template <class T> struct Promise : PromiseBase, AwaitTransform {
    std::optional<T> value;
    // NOLINTNEXTLINE(google-explicit-constructor): the default argument is how a coroutine learns
    // its name
    Promise(std::source_location where = std::source_location::current())
        : PromiseBase(where.function_name()) {}
    ~Promise() {} // NOLINT(modernize-use-equals-default): written, it can be compiled once for all
    Coro<T> get_return_object();
    FinalStop final_suspend() noexcept { return {}; }
    template <class U = T> void return_value(U&& result) { value.emplace(std::forward<U>(result)); }
    T take() {
        if (error) {
            std::rethrow_exception(error);
        }
        if (!value) {
            std::rethrow_exception(missing());
        }
        return std::move(*value);
    }
};

template <> struct Promise<void> : PromiseBase, AwaitTransform {
    // NOLINTNEXTLINE(google-explicit-constructor)
    Promise(std::source_location where = std::source_location::current())
        : PromiseBase(where.function_name()) {}
    Coro<void> get_return_object();
    FinalStop final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
    void take() {
        if (error) {
            std::rethrow_exception(error);
        }
    }
};

} // namespace detail

/// A coroutine object. Move-only; awaited at most once, or handed to a task.
///
/// Destroying one that never started is reported: "coroutine 'f' was never awaited" (R16).
/// See: what calling an `async def` function returns in Python.
template <class T>
class [[nodiscard("a coroutine does nothing until it is awaited or made a task")]] Coro {
public:
    using promise_type = detail::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    explicit Coro(Handle handle) noexcept : handle_(handle) {}
    Coro(Coro&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Coro& operator=(Coro&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Coro() {
        if (handle_) {
            handle_.destroy();
        }
    }

    /// Hands the coroutine over to who will run it. Throws: Error if it was awaited or handed over
    /// before.
    Handle release() {
        if (!handle_) {
            throw Error("cannot reuse a coroutine: it was awaited already");
        }
        return std::exchange(handle_, nullptr);
    }

private:
    Handle handle_;
};

template <class T> Coro<T> detail::Promise<T>::get_return_object() {
    return Coro<T>(std::coroutine_handle<Promise>::from_promise(*this));
}

inline Coro<void> detail::Promise<void>::get_return_object() {
    return Coro<void>(std::coroutine_handle<Promise>::from_promise(*this));
}

} // namespace aio
