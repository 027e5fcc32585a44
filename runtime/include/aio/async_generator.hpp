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

template <class T, class Sent = void> class AsyncGenerator;

/// Thrown at the co_yield of a generator that is closed half way. No std::exception, as Python's is
/// no Exception; let it pass, or throw it again after cleaning up.
class GeneratorExit {};

namespace detail {

/// The promise of a generator, but for its values. From its first step to its last the loop has a
/// share in it.
class GeneratorBase : public PromiseBase,
                      public AwaitTransform,
                      public std::enable_shared_from_this<GeneratorBase> {
public:
    using Shared = std::shared_ptr<GeneratorBase>;
    GeneratorBase(const char* name, std::coroutine_handle<> self) : PromiseBase(name), self_(self) {
        must_run = false;
    }
    FinalStop final_suspend() noexcept { return {}; }
    void return_void() noexcept {}

    /// Returns: the share of its users, handles and pending calls. With the last of them the loop
    /// closes it. To be called once.
    Shared share();

    /// Awaiting it runs the generator to its next co_yield, or its end, whose error is thrown.
    struct Advance {
        static constexpr bool is_awaiter = true;
        GeneratorBase& generator;
        bool await_ready() const noexcept { return generator.closed_; }
        template <class P> void await_suspend(std::coroutine_handle<P> self) {
            generator.awaiter = self;
            generator.caller = &self.promise();
            generator.enter(*self.promise().task);
        }
        void await_resume() const { generator.left(); }
    };
    /// `due`: for the co_yield where it stands. Throws: Error if it is running; if it has not
    /// begun, `due`, which ends it, or Error if something is sent.
    Advance advance(bool sends = false, std::exception_ptr due = nullptr);

    static Coro<> aclose(Shared self);
    static Coro<> close_unless_running(Shared self); ///< it may be closing already

    bool yielded = false;      ///< it stands at a co_yield, and has an item
    std::exception_ptr thrown; ///< due at that co_yield: GeneratorExit, or athrow()'s

private:
    void enter(TaskBase& by);
    void left();
    void forget();
    static void dropped(const Shared& self);

    std::coroutine_handle<> self_;
    std::uint64_t loop_ = 0; ///< where it has begun, and is listed
    bool running_ = false;
    bool closed_ = false; ///< it gives no more values
    bool asked_to_close_ = false;
};

template <class T, class Sent> struct GeneratorPromise : GeneratorBase {
    std::optional<T> item;
    std::optional<Stored<Sent>> sent; ///< what that co_yield will give

    /// The stop at a co_yield: who asked for a value goes on, by the trampoline.
    struct YieldStop : FinalStop {
        GeneratorPromise& promise;
        explicit YieldStop(GeneratorPromise& self) : promise(self) {}
        auto await_resume() const {
            if (promise.thrown) {
                std::rethrow_exception(std::exchange(promise.thrown, nullptr));
            }
            if constexpr (!std::is_void_v<Sent>) {
                return std::exchange(promise.sent, std::nullopt);
            }
        }
    };
    // NOLINTNEXTLINE(google-explicit-constructor): see Promise
    GeneratorPromise(std::source_location where = std::source_location::current())
        : GeneratorBase(where.function_name(),
                        std::coroutine_handle<GeneratorPromise>::from_promise(*this)) {}
    AsyncGenerator<T, Sent> get_return_object() { return AsyncGenerator<T, Sent>(*this); }
    YieldStop yield_value(T value) {
        item.emplace(std::move(value));
        yielded = true;
        return YieldStop(*this);
    }
};

} // namespace detail

/// What a coroutine with co_yield returns. A handle; nothing of it runs before the first next().
///
///     while (auto item = co_await numbers.next()) { // `async for`
///         use(*item);
///     }
///
/// Dropping one that has begun and not ended lets its loop close it, in a task of its own, on a
/// later turn. `Sent`: what asend() takes; then a co_yield gives a std::optional<Sent>. See:
/// asynchronous generators in Python, PEP 525.
template <class T, class Sent> class [[nodiscard]] AsyncGenerator {
public:
    using promise_type = detail::GeneratorPromise<T, Sent>;

    explicit AsyncGenerator(promise_type& promise) : promise_(promise.share(), &promise) {}

    /// Runs to the next co_yield. Returns: its value; nothing when the generator has ended or is
    /// closed. Throws: what leaves the generator; Error while another next() is under way.
    Coro<std::optional<T>> next() const { return next(promise_, {}, nullptr); }
    /// As next(); the co_yield where the generator stands gives `value`. Throws: Error if it has
    /// not begun.
    Coro<std::optional<T>> asend(detail::Stored<Sent> value) const
        requires(!std::is_void_v<Sent>)
    {
        return next(promise_, std::move(value), nullptr);
    }
    /// As next(); `error` is thrown at that co_yield, and here if the generator has not begun.
    template <class E> Coro<std::optional<T>> athrow(E error) const {
        return next(promise_, {}, std::make_exception_ptr(std::move(error)));
    }

    /// Throws GeneratorExit at the co_yield where the generator stands, and waits until it has
    /// cleaned up. Throws: what leaves it, but for GeneratorExit; Error if it yields once more, or
    /// while next() is under way.
    Coro<> aclose() const { return promise_->aclose(promise_); }

private:
    using Shared = std::shared_ptr<promise_type>;
    static Coro<std::optional<T>> next(Shared generator, std::optional<detail::Stored<Sent>> sent,
                                       std::exception_ptr thrown) {
        const auto advance = generator->advance(sent.has_value(), std::move(thrown));
        generator->sent = std::move(sent);
        co_await advance;
        co_return generator->yielded ? std::exchange(generator->item, std::nullopt) : std::nullopt;
    }
    Shared promise_;
};

} // namespace aio
