// promise.hpp: JavaScript's promise: a result whose readers always run as microtasks.
//
// Settling a promise calls nobody: it writes its reactions into the microtask queue, in the order
// in which they were added. What a promise is resolved *with* may be a value, another promise or a
// thenable; the latter two are asked in a microtask of their own, which is why they cost turns
// that a plain value does not. An object that nobody can reach is freed at once, not some day: a
// promise that is never settled takes with it what waited for it.
//
// Floor 4: beside futures, below coroutines.
#pragma once

#include "aio/js/queues.hpp"

#include <variant>

namespace aio::js {

template <class T = void> class Promise;
template <class T> class Resolution;
template <class T> class Resolve;
class Reject;

/// A value was used as what it is not, such as a promise to resolve itself.
struct TypeError : Error {
    using Error::Error;
};

/// Promise::any() had nothing but rejections.
struct AggregateError : ExceptionGroup {
    using ExceptionGroup::ExceptionGroup;
};

/// What the loop's exception handler is told of a rejected promise without a handler, once all
/// microtasks have run; and of one that got its handler after that.
inline constexpr const char* unhandled_rejection = "unhandled promise rejection";
inline constexpr const char* handled_rejection_late = "promise rejection handled late";

namespace detail {

/// What is to be done when a promise is settled.
struct Reaction {
    virtual ~Reaction() = default;
    virtual void run(PromiseState& settled) = 0;
    const char* label = "then"; ///< for the trace
};

template <class F> struct ReactionOf final : Reaction {
    F function;
    explicit ReactionOf(F f) : function(std::move(f)) {}
    void run(PromiseState& settled) override { function(settled); }
};

/// What all promises share, whatever their value.
///
/// Invariant: reactions exist only while pending; `error` is set exactly when rejected.
class PromiseState : public Link {
public:
    PromiseState() { join(Queues::here().pending()); }
    PromiseState(const PromiseState&) = delete;
    PromiseState& operator=(const PromiseState&) = delete;
    virtual ~PromiseState() { leave(); }

    bool pending() const noexcept { return status_ == Status::pending; }
    bool rejected() const noexcept { return status_ == Status::rejected; }

    /// Runs `reaction` in a microtask once the promise is settled. Whoever does so handles its
    /// rejection.
    void react(std::unique_ptr<Reaction> reaction);
    template <class F> void react(F function) {
        react(std::unique_ptr<Reaction>(std::make_unique<ReactionOf<F>>(std::move(function))));
    }
    void reject(std::exception_ptr e);

    /// Reactions may destroy promises, so they are taken away before they are dropped.
    void move_reactions_to(std::vector<std::unique_ptr<Reaction>>& others);

    std::uint32_t references = 0;
    std::uint32_t round = 0; ///< resolving functions made in an earlier round have no effect
    bool handled = false;    ///< somebody reacts to it
    bool reported = false;   ///< its rejection has been told
    std::exception_ptr error;

protected:
    void fulfil() { settle(Status::fulfilled); }

private:
    enum class Status : std::uint8_t { pending, fulfilled, rejected };
    void settle(Status status);
    void queue(std::unique_ptr<Reaction> reaction);

    Status status_ = Status::pending;
    std::vector<std::unique_ptr<Reaction>> reactions_;
};

template <class T> class StateOf final : public PromiseState {
public:
    std::optional<Stored<T>> value;

    void resolve(Resolution<T> with);
    /// Resolves it with what `compute` returns, or rejects it with what that throws.
    template <class F> void resolve_by(F&& compute) {
        try {
            resolve(compute());
        } catch (...) {
            reject(std::current_exception());
        }
    }
    void copy(const PromiseState& settled) { // without the detour over resolve(): no promise inside
        if (settled.rejected()) {
            reject(settled.error);
        } else {
            value = static_cast<const StateOf&>(settled).value;
            fulfil();
        }
    }

private:
    void ask(std::function<void(Resolve<T>, Reject)> then);
};

template <class R> struct Unwrapped {
    using Type = R;
};
template <class X> struct Unwrapped<Promise<X>> {
    using Type = X;
};
template <class X> struct Unwrapped<Resolution<X>> {
    using Type = X;
};

/// Calls `f` with `argument` if it takes one.
template <class F, class A> decltype(auto) call_with(F& f, const A& argument) {
    if constexpr (std::is_invocable_v<F&, const A&>) {
        return f(argument);
    } else {
        return f();
    }
}
/// Calls `f` with the error, with its std::exception, or with nothing, as it likes.
template <class F> decltype(auto) call_with(F& f, const std::exception_ptr& error) {
    if constexpr (std::is_invocable_v<F&, std::exception_ptr>) {
        return f(error);
    } else if constexpr (std::is_invocable_v<F&, const std::exception&>) {
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& known) { // others leave, and reject what f would resolve
            return f(known);
        }
    } else {
        return f();
    }
}
template <class F, class A>
using Answer =
    std::remove_cvref_t<decltype(call_with(std::declval<F&>(), std::declval<const A&>()))>;

/// Returns: what a promise is to be resolved with after a call of `f`.
template <class U, class F, class A> Resolution<U> answer(F& f, const A& argument) {
    if constexpr (std::is_void_v<Answer<F, A>>) {
        call_with(f, argument);
        return {};
    } else {
        return Resolution<U>(call_with(f, argument));
    }
}

template <class T> struct AsyncFunction; // async.hpp

} // namespace detail

/// Rejects a promise, if nobody has done so or resolved it before.
class Reject {
public:
    explicit Reject(detail::Ref<detail::PromiseState> state) noexcept
        : state_(std::move(state)), round_(state_->round) {}
    void operator()(std::exception_ptr error) const {
        if (state_->round == round_) {
            ++state_->round;
            state_->reject(std::move(error));
        }
    }
    template <class E>
        requires(!std::is_convertible_v<E, std::exception_ptr>)
    void operator()(E error) const {
        (*this)(std::make_exception_ptr(std::move(error)));
    }

private:
    detail::Ref<detail::PromiseState> state_;
    std::uint32_t round_;
};

/// Something with a `then` method that takes a resolve and a reject function.
template <class X, class T>
concept Thenable =
    requires(X& x, const Resolve<T>& resolve, const Reject& reject) { x.then(resolve, reject); };

/// One element's end, as all_settled() tells it.
template <class T> struct Settled {
    std::optional<detail::Stored<T>> value; ///< nothing if it was rejected
    std::exception_ptr error;               ///< null if it was fulfilled
};

/// A result that is not there yet, as JavaScript has it; copies name the same promise.
///
/// Also the return type of an async function (async.hpp). T must be copyable: each reader gets its
/// own. Throws, all that make promises: Error if no loop runs on this thread.
/// See: MDN, Promise; LANGUAGE 4.4 for what each step costs.
template <class T> class Promise {
public:
    using promise_type = detail::AsyncFunction<T>;
    using Value = detail::Stored<T>;

    /// Calls `executor(resolve, reject)` now. An exception that leaves it rejects the promise. The
    /// first call of either function counts, later ones have no effect.
    template <class Executor>
        requires std::is_invocable_v<Executor&, Resolve<T>, Reject>
    explicit Promise(Executor executor) : Promise(new_state()) {
        Resolve<T> resolve(state_);
        Reject reject(state_);
        try {
            executor(resolve, reject);
        } catch (...) {
            reject(std::current_exception());
        }
    }

    /// The parts of a promise that is settled from elsewhere. See: Promise.withResolvers.
    struct Deferred {
        Promise promise;
        Resolve<T> resolve;
        Reject reject;
    };
    static Deferred with_resolvers() {
        auto state = new_state();
        return {Promise(state), Resolve<T>(state), Reject(state)};
    }

    /// Returns: a promise resolved with `with`; if that is a promise, that very one.
    static Promise resolve(Resolution<T> with = {});
    template <class E> static Promise reject(E error);

    /// Calls `ok` with the value (or with nothing) once it is fulfilled, `err` with the error once
    /// it is rejected, in a microtask. A null arm passes on what it gets.
    ///
    /// `err` takes a std::exception_ptr, a const std::exception&, or nothing.
    /// Returns: a promise of what the arm returns; a promise that it returns is adopted.
    template <class Ok, class Err = std::nullptr_t> auto then(Ok ok, Err err = {}) const;
    /// As then(nullptr, err). See: Promise.prototype.catch.
    template <class Err> Promise caught(Err err) const { return then(nullptr, std::move(err)); }
    /// Calls `f` either way, waits for the promise that it may return, and passes on what this
    /// promise had.
    template <class F> Promise finally(F f) const;

    // In the order of the elements, which may be promises, values and thenables mixed; one element
    // can reject the first and the third, only all together any(). A `List` other than the usual
    // vector is made from that. Defined in combine.hpp.
    using Elements = std::vector<Resolution<T>>;
    template <class List = std::vector<Value>> static Promise<List> all(Elements elements);
    template <class List = std::vector<Settled<T>>>
    static Promise<List> all_settled(Elements elements);
    static Promise race(Elements elements); ///< of no elements: never settled
    static Promise any(Elements elements);  ///< Rejects with: AggregateError

    /// For the runtime: what all copies of this handle share.
    explicit Promise(detail::Ref<detail::StateOf<T>> state) noexcept : state_(std::move(state)) {}
    detail::StateOf<T>& state() const noexcept { return *state_; }
    const detail::Ref<detail::StateOf<T>>& ref() const noexcept { return state_; }
    friend bool operator==(const Promise& a, const Promise& b) noexcept {
        return a.state_.get() == b.state_.get();
    }

private:
    template <class> friend class Promise;
    static auto new_state() { return detail::Ref(new detail::StateOf<T>); }
    detail::Ref<detail::StateOf<T>> state_;
};

/// What a promise can be resolved with: a value, another promise, or a thenable.
template <class T> class Resolution {
public:
    using Then = std::function<void(Resolve<T>, Reject)>;

    Resolution()
        requires std::is_default_constructible_v<detail::Stored<T>>
    = default;
    template <class U>
        requires(std::is_convertible_v<U &&, detail::Stored<T>> && !Thenable<U, T>)
    Resolution(U&& value) // NOLINT(google-explicit-constructor): all three convert
        : held(std::in_place_index<0>, std::forward<U>(value)) {}
    Resolution(Promise<T> promise) : held(std::move(promise)) {} // NOLINT
    template <Thenable<T> X>
    Resolution(X thenable) // NOLINT
        : held(Then([thenable = std::move(thenable)](const Resolve<T>& resolve,
                                                     const Reject& reject) mutable {
              thenable.then(resolve, reject);
          })) {}

    std::variant<detail::Stored<T>, Promise<T>, Then> held;
};

/// Resolves a promise, if nobody has done so or rejected it before.
template <class T> class Resolve {
public:
    explicit Resolve(detail::Ref<detail::StateOf<T>> state) noexcept
        : state_(std::move(state)), round_(state_->round) {}
    void operator()(Resolution<T> with = {}) const {
        if (state_->round == round_) {
            ++state_->round; // from here on only what it was resolved with decides
            state_->resolve(std::move(with));
        }
    }

private:
    detail::Ref<detail::StateOf<T>> state_;
    std::uint32_t round_;
};

template <class T> void detail::StateOf<T>::resolve(Resolution<T> with) {
    if (auto* plain = std::get_if<0>(&with.held)) {
        value.emplace(std::move(*plain));
        fulfil();
    } else if (auto* other = std::get_if<1>(&with.held)) {
        if (&other->state() == this) {
            reject(std::make_exception_ptr(TypeError("a promise cannot be resolved with itself")));
            return;
        }
        Queues::here().add_microtask(
            [self = Ref(this), source = other->ref()] {
                source->react([self](PromiseState& settled) { self->copy(settled); });
            },
            "adopt");
    } else {
        ask(std::get<2>(std::move(with.held)));
    }
}

template <class T> void detail::StateOf<T>::ask(std::function<void(Resolve<T>, Reject)> then) {
    Queues::here().add_microtask(
        [self = Ref(this), then = std::move(then)] {
            const Resolve<T> resolve(self); // both are of this round: the first call counts
            const Reject reject(self);
            try {
                then(resolve, reject);
            } catch (...) {
                reject(std::current_exception());
            }
        },
        "thenable");
}

template <class T> Promise<T> Promise<T>::resolve(Resolution<T> with) {
    if (auto* promise = std::get_if<1>(&with.held)) {
        return std::move(*promise);
    }
    Promise made(new_state());
    made.state().resolve(std::move(with));
    return made;
}

template <class T> template <class E> Promise<T> Promise<T>::reject(E error) {
    Deferred made = with_resolvers();
    made.reject(std::move(error));
    return made.promise;
}

template <class T> template <class Ok, class Err> auto Promise<T>::then(Ok ok, Err err) const {
    constexpr bool passes_value = std::is_same_v<Ok, std::nullptr_t>;
    constexpr bool passes_error = std::is_same_v<Err, std::nullptr_t>;
    const auto unwrapped = [] {
        if constexpr (passes_value) {
            return std::type_identity<T>();
        } else {
            return std::type_identity<
                typename detail::Unwrapped<detail::Answer<Ok, Value>>::Type>();
        }
    };
    using U = typename decltype(unwrapped())::type;

    Promise<U> next(Promise<U>::new_state());
    state_->react([next = next.ref(), ok = std::move(ok),
                   err = std::move(err)](detail::PromiseState& settled) mutable {
        if (settled.rejected()) {
            if constexpr (passes_error) {
                next->reject(settled.error);
            } else {
                next->resolve_by([&] { return detail::answer<U>(err, settled.error); });
            }
        } else if constexpr (passes_value) {
            next->copy(settled);
        } else {
            const Value& value = *static_cast<detail::StateOf<T>&>(settled).value;
            next->resolve_by([&] { return detail::answer<U>(ok, value); });
        }
    });
    return next;
}

template <class T> template <class F> Promise<T> Promise<T>::finally(F f) const {
    using Result = std::remove_cvref_t<std::invoke_result_t<F&>>;
    using R = typename detail::Unwrapped<Result>::Type;
    const auto call = [f = std::make_shared<F>(std::move(f))] {
        if constexpr (std::is_void_v<Result>) {
            (*f)();
            return Promise<R>::resolve();
        } else {
            return Promise<R>::resolve((*f)());
        }
    };
    return then(
        [call](const Value& value) {
            return call().then([value] { return Resolution<T>(value); });
        },
        [call](const std::exception_ptr& error) {
            return call().then([error]() -> Resolution<T> { std::rethrow_exception(error); });
        });
}

} // namespace aio::js
