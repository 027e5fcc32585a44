// promise_state.hpp: what all promises share, whatever their value; and how handlers are called.
//
// Floor 4: beside futures, below coroutines.
#pragma once

#include "aio/js/queues.hpp"

namespace aio::js {

/// What the loop's exception handler is told of a rejected promise without a handler, once all
/// microtasks have run; and of one that got its handler after that.
inline constexpr const char* unhandled_rejection = "unhandled promise rejection";
inline constexpr const char* handled_rejection_late = "promise rejection handled late";

namespace detail {

/// What all promises share, whatever their value.
///
/// Invariant: reactions exist only while pending; `error` is set exactly when rejected.
class PromiseState {
public:
    using Reaction = std::function<void(PromiseState& settled)>;

    PromiseState();
    virtual ~PromiseState();
    PromiseState(const PromiseState&) = delete;
    PromiseState& operator=(const PromiseState&) = delete;
    bool rejected() const noexcept { return error != nullptr; }

    /// Runs `reaction` in a microtask once the promise is settled. Whoever does so handles its
    /// rejection.
    void react(Reaction reaction, const char* label = "then");
    /// Requires: pending, as for all that settle it; `e` is not null.
    void reject(std::exception_ptr e);

    std::uint32_t references = 0;
    std::uint32_t round = 0; ///< resolving functions made in an earlier round have no effect
    bool settled = false;
    bool handled = false;  ///< somebody reacts to it
    bool reported = false; ///< its rejection has been told
    std::exception_ptr error;
    std::vector<std::pair<Reaction, const char*>> reactions; ///< and their names for the trace

protected:
    void settle();

private:
    friend class Queues;
    void leave() noexcept;
    Queues* queues_; ///< in whose list of pending promises it is; null when it is in none
    std::list<PromiseState*>::iterator place_;
};

/// Calls `f` with `argument` if it takes one.
template <class F, class A> decltype(auto) call_with(F& f, const A& argument) {
    if constexpr (std::is_invocable_v<F&, const A&>) {
        return f(argument);
    } else {
        return f();
    }
}
/// Calls `f` with the error, else with its std::exception, else with nothing, as it can be called.
template <class F> decltype(auto) call_with(F& f, const std::exception_ptr& error) {
    if constexpr (std::is_invocable_v<F&, std::exception_ptr>) {
        return f(error);
    } else if constexpr (std::is_invocable_v<F&, const std::exception&>) {
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& known) { // any other leaves, and rejects what follows
            return f(known);
        }
    } else {
        return f();
    }
}

template <class F, class A>
using Answer =
    std::remove_cvref_t<decltype(call_with(std::declval<F&>(), std::declval<const A&>()))>;

} // namespace detail

} // namespace aio::js
