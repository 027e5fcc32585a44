// promise.hpp: JavaScript's promise: a result whose readers always run as microtasks.
//
// Settling a promise calls nobody: it writes its reactions into the microtask queue, in the order
// in which they were added. What a promise is resolved *with* may be a value, another promise or a
// thenable; the latter two are asked in a microtask of their own, and so cost turns that a plain
// value does not. A promise that nobody can settle any more takes with it what waited for it: at
// once, or with close() if what waited held the promise.
//
// Floor 4: beside futures, below coroutines.
#pragma once

#include "aio/js/promise_state.hpp"

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

namespace detail {

template <class T> class StateOf final : public PromiseState {
public:
    std::optional<Stored<T>> value;

    void fulfil(Stored<T> with) {
        value.emplace(std::move(with));
        settle();
    }
    void resolve(Resolution<T> with);
    void copy(const PromiseState& other) { // plain values: without the detour over resolve()
        other.rejected() ? reject(other.error) : fulfil(*static_cast<const StateOf&>(other).value);
    }
};

/// Resolves `next` with the answer of `f`, or rejects it with what `f` throws.
template <class U, class F, class A> void answer(StateOf<U>& next, F& f, const A& argument) {
    try {
        if constexpr (std::is_void_v<Answer<F, A>>) {
            call_with(f, argument);
            next.resolve({});
        } else {
            next.resolve(call_with(f, argument));
        }
    } catch (...) {
        next.reject(std::current_exception());
    }
}

// Of which type is the promise of an answer R? A promise or resolution of X makes one of X.
template <class X> struct As {
    using Type = X;
};
template <class R> As<R> unwrap(As<R>);
template <class X> As<X> unwrap(As<Promise<X>>);
template <class X> As<X> unwrap(As<Resolution<X>>);
template <class T, class Ok> auto next_type() {
    if constexpr (std::is_same_v<Ok, std::nullptr_t>) { // the value is passed on
        return As<T>();
    } else {
        return decltype(unwrap(As<Answer<Ok, Stored<T>>>()))();
    }
}

template <class Slot, class T, class Fill, class Finish>
void collect(std::vector<Resolution<T>> elements, Fill fill, Finish finish); // combine.hpp
template <class T> struct AsyncFunction;                                     // async.hpp

} // namespace detail

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
/// Also the return type of an async function (async.hpp). T and all functions that are passed must
/// be copyable. Throws, all that make or settle a promise: Error if no loop runs on this thread.
/// See: MDN, Promise.
template <class T> class Promise {
public:
    using promise_type = detail::AsyncFunction<T>;
    using Value = detail::Stored<T>;
    struct Deferred;

    /// Calls `executor(resolve, reject)` now. An exception that leaves it rejects the promise. The
    /// first call of either function counts, later ones have no effect.
    template <class Executor>
        requires std::is_invocable_v<Executor&, Resolve<T>, Reject>
    explicit Promise(Executor executor);

    /// Returns: a promise that is settled from elsewhere, and the functions that do it.
    static Deferred with_resolvers();
    /// Returns: a promise resolved with `with`; if that is a promise, that very one.
    static Promise resolve(Resolution<T> with = {});
    template <class E> static Promise reject(E error);

    /// Calls `ok` with the value (or with nothing) once it is fulfilled, `err` with the error once
    /// it is rejected, in a microtask. A null arm passes on what it gets.
    ///
    /// `err` takes a const std::exception&, a std::exception_ptr, or nothing.
    /// Returns: a promise of what the arm returns; a promise that it returns is adopted.
    template <class Ok, class Err = std::nullptr_t> auto then(Ok ok, Err err = {}) const;
    /// As then(nullptr, err). See: Promise.prototype.catch.
    template <class Err> Promise caught(Err err) const { return then(nullptr, std::move(err)); }
    /// Calls `f` either way, waits for the promise that it may return, and passes on what this
    /// promise had.
    template <class F> Promise finally(F f) const;

    // Of elements that may be promises, values and thenables mixed; one rejected element rejects
    // all(), only all of them any(). A `List` other than the usual vector is made from that.
    using Elements = std::vector<Resolution<T>>;
    template <class List = std::vector<Value>> static Promise<List> all(Elements elements);
    template <class List = std::vector<Settled<T>>>
    static Promise<List> all_settled(Elements elements);
    static Promise race(Elements elements); ///< of no elements: never settled
    static Promise any(Elements elements);  ///< Rejects with: AggregateError

    /// For the runtime: what all copies of this handle share.
    using State = detail::Ref<detail::StateOf<T>>;
    explicit Promise(State state) noexcept : state_(std::move(state)) {}
    const State& state() const noexcept { return state_; }
    friend bool operator==(const Promise& a, const Promise& b) noexcept {
        return a.state_.get() == b.state_.get();
    }

private:
    State state_;
};

/// What a promise can be resolved with: a value, another promise, or a thenable.
template <class T> class Resolution {
public:
    using Then = std::function<void(const Resolve<T>&, const Reject&)>;

    Resolution() : value(std::in_place) {}
    template <class U>
        requires(std::is_convertible_v<U &&, detail::Stored<T>> && !Thenable<U, T>)
    Resolution(U&& plain) // NOLINT(google-explicit-constructor): all three convert
        : value(std::in_place, std::forward<U>(plain)) {}
    Resolution(const Promise<T>& other) : promise(other.state()) {} // NOLINT
    template <Thenable<T> X>
    Resolution(X thenable) // NOLINT
        : then([thenable = std::move(thenable)](const auto& resolve, const auto& reject) mutable {
              thenable.then(resolve, reject);
          }) {}

    // One of them is there.
    std::optional<detail::Stored<T>> value;
    typename Promise<T>::State promise;
    Then then;
};

/// Rejects a promise, if nobody has done so or resolved it before.
class Reject {
public:
    explicit Reject(detail::Ref<detail::PromiseState> state) noexcept
        : state_(std::move(state)), round_(state_->round) {}
    template <class E> void operator()(E error) const {
        if constexpr (!std::is_convertible_v<E, std::exception_ptr>) {
            (*this)(std::make_exception_ptr(std::move(error)));
        } else if (state_->round == round_) {
            ++state_->round;
            state_->reject(std::move(error));
        }
    }

private:
    detail::Ref<detail::PromiseState> state_;
    std::uint32_t round_;
};

/// Resolves a promise, if nobody has done so or rejected it before.
template <class T> class Resolve {
public:
    explicit Resolve(typename Promise<T>::State state) noexcept
        : state_(std::move(state)), round_(state_->round) {}
    void operator()(Resolution<T> with = {}) const {
        if (state_->round == round_) {
            ++state_->round; // from here on only what it was resolved with decides
            state_->resolve(std::move(with));
        }
    }

private:
    typename Promise<T>::State state_;
    std::uint32_t round_;
};

template <class T> struct Promise<T>::Deferred {
    Promise promise;
    Resolve<T> resolve;
    Reject reject;
};

template <class T> void detail::StateOf<T>::resolve(Resolution<T> with) {
    if (with.value) {
        fulfil(std::move(*with.value));
    } else if (with.promise) {
        if (with.promise.get() == this) {
            return reject(std::make_exception_ptr(TypeError("a promise cannot await itself")));
        }
        auto ask = [self = Ref(this), source = with.promise] {
            source->react([self](PromiseState& other_end) { self->copy(other_end); });
        };
        Queues::here().add_microtask(std::move(ask), "adopt");
    } else {
        auto ask = [self = Ref(this), then = std::move(with.then)] {
            const Resolve<T> resolve(self); // both are of this round: the first call counts
            const Reject reject(self);
            try {
                then(resolve, reject);
            } catch (...) {
                reject(std::current_exception());
            }
        };
        Queues::here().add_microtask(std::move(ask), "thenable");
    }
}

template <class T>
template <class Executor>
    requires std::is_invocable_v<Executor&, Resolve<T>, Reject>
Promise<T>::Promise(Executor executor) : state_(new detail::StateOf<T>) {
    const Reject reject(state_);
    try {
        executor(Resolve<T>(state_), reject);
    } catch (...) {
        reject(std::current_exception());
    }
}

template <class T> auto Promise<T>::with_resolvers() -> Deferred {
    const State state(new detail::StateOf<T>);
    return {Promise(state), Resolve<T>(state), Reject(state)};
}

template <class T> Promise<T> Promise<T>::resolve(Resolution<T> with) {
    if (with.promise) {
        return Promise(with.promise);
    }
    const Deferred made = with_resolvers();
    made.resolve(std::move(with));
    return made.promise;
}

template <class T> template <class E> Promise<T> Promise<T>::reject(E error) {
    const Deferred made = with_resolvers();
    made.reject(std::move(error));
    return made.promise;
}

template <class T> template <class Ok, class Err> auto Promise<T>::then(Ok ok, Err err) const {
    using U = typename decltype(detail::next_type<T, Ok>())::Type;
    const typename Promise<U>::State next(new detail::StateOf<U>);
    // [=]: an arm that is null is not used, and clang dislikes a capture by name of what is not
    // used
    state_->react([=](auto& settled) mutable {
        if (settled.rejected()) {
            if constexpr (std::is_same_v<Err, std::nullptr_t>) {
                next->reject(settled.error);
            } else {
                detail::answer(*next, err, settled.error);
            }
        } else if constexpr (std::is_same_v<Ok, std::nullptr_t>) {
            next->copy(settled);
        } else {
            detail::answer(*next, ok, *static_cast<detail::StateOf<T>&>(settled).value);
        }
    });
    return Promise<U>(next);
}

template <class T> template <class F> Promise<T> Promise<T>::finally(F f) const {
    auto call = [f = std::move(f)]() mutable { // it may return anything that can be awaited
        using R = detail::Answer<F, Unit>;
        using Waited = Promise<typename decltype(detail::unwrap(detail::As<R>()))::Type>;
        if constexpr (std::is_void_v<R>) {
            f();
            return Waited::resolve();
        } else {
            return Waited::resolve(f());
        }
    };
    return then(
        [call](const Value& value) mutable {
            return call().then([value] { return Resolution<T>(value); });
        },
        [call](const std::exception_ptr& error) mutable {
            return call().then([error]() -> Resolution<T> { std::rethrow_exception(error); });
        });
}

} // namespace aio::js
