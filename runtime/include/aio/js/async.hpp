// async.hpp: JavaScript's async functions: coroutines that return a Promise.
//
//     js::Promise<int> twice(js::Promise<int> p) { co_return 2 * co_await p; }
//
// The body runs at once, up to its first co_await: there is no recipe card here, unlike with Coro.
// Each co_await takes a trip over the microtask queue, also for what is settled already. A function
// that is suspended belongs to the promise that it waits for.
//
// Floor 4: beside futures; what runs it is the microtask queue, no task.
#pragma once

#include "aio/js/promise.hpp"

#include <coroutine>
#include <memory>

namespace aio::js::detail {

/// A suspended function: it goes on, or is destroyed with the last who could make it go on.
class Suspended {
public:
    explicit Suspended(std::coroutine_handle<> function) noexcept : function_(function) {}
    Suspended(const Suspended&) = delete;
    Suspended& operator=(const Suspended&) = delete;
    ~Suspended() {
        if (function_) {
            function_.destroy();
        }
    }
    void resume() { std::exchange(function_, nullptr).resume(); }

private:
    std::coroutine_handle<> function_;
};

template <class T> struct PromiseAwaiter {
    Promise<T> promise;
    StateOf<T>* awaited = nullptr; ///< kept alive by the microtask that resumes

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> self) {
        // The function must not own what owns it. If nobody else can settle the promise, both end
        // with this block.
        const Promise<T> kept = std::move(promise);
        awaited = kept.state().get();
        const auto function = std::make_shared<Suspended>(self);
        kept.state()->react([function](PromiseState&) { function->resume(); }, "await");
    }
    T await_resume() const {
        if (awaited->rejected()) {
            std::rethrow_exception(awaited->error);
        }
        if constexpr (!std::is_void_v<T>) {
            return *awaited->value;
        }
    }
};

/// What the coroutines of all result types share.
template <class T> struct AsyncBase {
    Ref<StateOf<T>> result{new StateOf<T>};

    Promise<T> get_return_object() { return Promise<T>(result); }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception() { result->reject(std::current_exception()); }
    template <class X> PromiseAwaiter<X> await_transform(Promise<X> promise) {
        return {std::move(promise)};
    }
    template <class X> PromiseAwaiter<X> await_transform(Resolution<X> with) {
        return {Promise<X>::resolve(std::move(with))};
    }
};

template <class T> struct AsyncFunction : AsyncBase<T> {
    void return_value(Resolution<T> with) { this->result->resolve(std::move(with)); }
};

template <> struct AsyncFunction<void> : AsyncBase<void> {
    void return_void();
};

} // namespace aio::js::detail
