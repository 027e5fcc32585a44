// async_generator.hpp: a coroutine that gives many values, one at a time, and may wait between.
//
// It stops at each co_yield until somebody asks for the next value. One that is left half way must
// still clean up, and cleaning up may wait: so it is closed by its loop, and not by a destructor.
//
// Floor 7.
#pragma once

#include "aio/task.hpp"

#include <memory>
#include <optional>

namespace aio {

template <class T> class AsyncGenerator;

/// Thrown at the co_yield of a generator that is closed half way. No std::exception, as Python's is
/// no Exception; let it pass, or throw it again after cleaning up.
class GeneratorExit {};

namespace detail {

struct GeneratorPromiseBase : PromiseBase, AwaitTransform {
    explicit GeneratorPromiseBase(const char* name) : PromiseBase(name) { must_run = false; }
    bool yielded = false; ///< it stands at a co_yield, and `item` has the value
    bool exit = false;    ///< GeneratorExit is due at that co_yield

    /// The stop at a co_yield: who asked for a value goes on, by the trampoline.
    struct YieldStop : FinalStop {
        GeneratorPromiseBase& promise;
        explicit YieldStop(GeneratorPromiseBase& self) : promise(self) {}
        void await_resume() const {
            if (std::exchange(promise.exit, false)) {
                throw GeneratorExit();
            }
        }
    };
    FinalStop final_suspend() noexcept { return {}; }
    void return_void() noexcept {}
};

template <class T> struct GeneratorPromise : GeneratorPromiseBase {
    std::optional<T> item;
    // NOLINTNEXTLINE(google-explicit-constructor): see Promise
    GeneratorPromise(std::source_location where = std::source_location::current())
        : GeneratorPromiseBase(where.function_name()) {}
    AsyncGenerator<T> get_return_object();
    YieldStop yield_value(T value) {
        item.emplace(std::move(value));
        yielded = true;
        return YieldStop(*this);
    }
};

/// The state of a generator. From its first step to its last its loop has a share in it.
class GeneratorBase : public std::enable_shared_from_this<GeneratorBase> {
public:
    using Shared = std::shared_ptr<GeneratorBase>;
    GeneratorBase(std::coroutine_handle<> handle, GeneratorPromiseBase& promise)
        : handle_(handle), promise_(promise) {}
    GeneratorBase(const GeneratorBase&) = delete;
    GeneratorBase& operator=(const GeneratorBase&) = delete;
    ~GeneratorBase() { handle_.destroy(); }

    /// Returns: the share of its users, handles and pending calls. With the last of them the loop
    /// closes it.
    static Shared make(std::coroutine_handle<> handle, GeneratorPromiseBase& promise);

    /// Awaiting it runs the generator to its next co_yield, or its end, whose error is thrown.
    struct Advance {
        static constexpr bool is_awaiter = true;
        GeneratorBase& generator;
        bool await_ready() const noexcept { return generator.closed_; }
        template <class P> void await_suspend(std::coroutine_handle<P> self) {
            generator.promise_.awaiter = self;
            generator.promise_.caller = &self.promise();
            generator.enter(*self.promise().task);
        }
        void await_resume() const { generator.left(); }
    };
    Advance advance(); ///< Throws: Error if it is running.

    static Coro<> aclose(Shared self);
    static Coro<> close_unless_running(Shared self); ///< it may be closing already

private:
    void enter(TaskBase& task);
    void left();
    void forget();
    static void dropped(const Shared& self);

    std::coroutine_handle<> handle_;
    GeneratorPromiseBase& promise_;
    std::uint64_t loop_ = 0; ///< where it has begun, and is listed
    bool running_ = false;
    bool closed_ = false; ///< it gives no more values
    bool asked_to_close_ = false;
};

} // namespace detail

/// What a coroutine with co_yield returns. A handle; nothing of it runs before the first next().
///
///     while (auto item = co_await numbers.next()) { // `async for`
///         use(*item);
///     }
///
/// Dropping one that has begun and not ended lets its loop close it, in a task of its own, on a
/// later turn. See: asynchronous generators in Python, PEP 525.
template <class T> class [[nodiscard]] AsyncGenerator {
public:
    using promise_type = detail::GeneratorPromise<T>;

    explicit AsyncGenerator(promise_type& promise)
        : promise_(&promise),
          state_(detail::GeneratorBase::make(
              std::coroutine_handle<promise_type>::from_promise(promise), promise)) {}

    /// Runs to the next co_yield. Returns: its value; nothing when the generator has ended or is
    /// closed. Throws: what leaves the generator; Error while another next() is under way.
    Coro<std::optional<T>> next() const { return next(state_, promise_); }

    /// Throws GeneratorExit at the co_yield where the generator stands, and waits until it has
    /// cleaned up. Throws: what leaves it, but for GeneratorExit; Error if it yields once more, or
    /// while next() is under way.
    Coro<> aclose() const { return state_->aclose(state_); }

private:
    static Coro<std::optional<T>> next(detail::GeneratorBase::Shared state, promise_type* promise) {
        co_await state->advance();
        co_return promise->yielded ? std::exchange(promise->item, std::nullopt) : std::nullopt;
    }
    promise_type* promise_;
    detail::GeneratorBase::Shared state_;
};

template <class T> AsyncGenerator<T> detail::GeneratorPromise<T>::get_return_object() {
    return AsyncGenerator<T>(*this);
}

} // namespace aio
