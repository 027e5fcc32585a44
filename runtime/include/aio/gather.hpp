// gather.hpp: start several things, and go on when all have ended.
//
// Coroutines become tasks, from left to right (R17); futures and tasks are taken as they are. The
// results come in the order of the arguments, whoever finished first.
//
// Floor 6.
#pragma once

#include "aio/task.hpp"

#include <functional>
#include <tuple>
#include <vector>

namespace aio {

/// How one of several things ended: with a value, an error, or cancelled.
template <class T> struct Outcome {
    std::optional<detail::Stored<T>> value;
    std::exception_ptr exception; ///< set exactly when `value` is not

    bool ok() const noexcept { return exception == nullptr; }
    /// Returns: whether it was cancelled.
    bool cancelled() const { return holds<CancelledError>(exception); }
    /// Returns: the error's text, "" without one.
    std::string error() const { return exception != nullptr ? describe(exception) : std::string(); }
};

namespace detail {

/// The part of a gather that does not depend on the types of the results.
class Gathering {
public:
    virtual ~Gathering();

protected:
    Gathering(FutureBase& outer, bool settled);
    void watch(const Ref<FutureBase>& child);
    void watched_all();
    bool cancel_children(const std::string& message);
    std::string list_of_children() const;

private:
    virtual void collect() = 0; ///< all have ended: put the values together
    void child_done(FutureBase& child);

    FutureBase& outer_;
    std::vector<Ref<FutureBase>> children_; ///< in the order of the arguments
    std::size_t distinct_ = 0;
    std::size_t ended_ = 0;
    bool settled_; ///< errors become values
    bool cancel_requested_ = false;
};

template <class R> class GatherState final : public FutureState<R>, private Gathering {
public:
    GatherState(EventLoop& loop, bool settled)
        : FutureState<R>(loop, settled ? "gather_settled" : "gather"),
          Gathering(static_cast<FutureBase&>(*this), settled) {}
    using Gathering::watch; ///< Requires: somebody holds a reference.
    /// All are watched: `values` reads their results, and keeps them alive.
    void watched_all(std::function<R()> values) {
        values_ = std::move(values);
        Gathering::watched_all();
    }
    bool cancel(std::string message) override { return !this->done() && cancel_children(message); }
    std::string name() const override { return "gather of " + list_of_children(); }

private:
    void collect() override { this->set_result(values_()); }
    std::function<R()> values_;
};

template <class T> Future<T> as_future(Coro<T> coro) { return create_task(std::move(coro)); }
template <class T> Future<T> as_future(Future<T> future) { return future; }

template <class T> Stored<T> value_of(const Future<T>& future) {
    if constexpr (std::is_void_v<T>) {
        future.result();
        return {};
    } else {
        return future.result();
    }
}

template <class T> Outcome<T> outcome_of(const Future<T>& future) {
    FutureState<T>& state = future.state();
    if (state.status == FutureStatus::finished) {
        return {value_of(future), nullptr};
    }
    if (state.status == FutureStatus::cancelled) {
        return {std::nullopt, std::make_exception_ptr(CancelledError(state.cancel_message()))};
    }
    return {std::nullopt, state.error_or_cancelled()};
}

template <class A> using ResultOf = decltype(as_future(std::declval<A>()).result());

template <class A> auto as_futures(std::vector<A> items) {
    std::vector<Future<ResultOf<A>>> futures;
    futures.reserve(items.size());
    for (A& item : items) {
        futures.push_back(as_future(std::move(item)));
    }
    return futures;
}

/// Gathers a list; `collect` makes the result of the futures when all have ended. Each item is
/// watched before the next becomes a task: one that is done tells so first.
template <class A, class Collect>
auto gather_list(bool settled, std::vector<A> items, Collect collect) {
    std::vector<Future<ResultOf<A>>> futures;
    using R = decltype(collect(futures));
    const Ref state(new GatherState<R>(get_running_loop(), settled));
    for (A& item : items) {
        futures.push_back(as_future(std::move(item)));
        state->watch(futures.back().ref());
    }
    state->watched_all([futures = std::move(futures), collect] { return collect(futures); });
    return Future<R>(Ref<FutureState<R>>(state));
}

} // namespace detail

/// Runs all of `items` together. Returns: a future of their results, in the order of the arguments.
///
/// The first error ends the gather with it; the others go on (M22). Cancelling the gather cancels
/// them all. An empty list is done at once. See: asyncio.gather.
template <class A>
[[nodiscard]] Future<std::vector<detail::Stored<detail::ResultOf<A>>>> gather(
    std::vector<A> items) {
    using T = detail::ResultOf<A>;
    return detail::gather_list(false, std::move(items), [](const auto& futures) {
        std::vector<detail::Stored<T>> values;
        for (const auto& future : futures) {
            values.push_back(detail::value_of(future));
        }
        return values;
    });
}

/// As above, with an Outcome each instead of the first error. See: asyncio's
/// return_exceptions=True.
template <class A>
[[nodiscard]] Future<std::vector<Outcome<detail::ResultOf<A>>>> gather_settled(
    std::vector<A> items) {
    using T = detail::ResultOf<A>;
    return detail::gather_list(true, std::move(items), [](const auto& futures) {
        std::vector<Outcome<T>> outcomes;
        for (const auto& future : futures) {
            outcomes.push_back(detail::outcome_of(future));
        }
        return outcomes;
    });
}

namespace detail {
template <class Read, class... A> auto gather_each(bool settled, Read read, A... items) {
    using Results = std::tuple<std::decay_t<decltype(read(as_future(std::move(items))))>...>;
    const Ref state(new GatherState<Results>(get_running_loop(), settled));
    const auto watched = [&state](auto future) {
        state->watch(future.ref()); // one that is done tells so before the next one begins
        return future;
    };
    std::tuple futures{watched(as_future(std::move(items)))...}; // braces: left to right
    state->watched_all([futures = std::move(futures), read] {
        return std::apply([&](const auto&... f) { return Results{read(f)...}; }, futures);
    });
    return Future<Results>(Ref<FutureState<Results>>(state));
}
template <class A>
concept Gatherable = requires(A a) { as_future(std::move(a)); };
} // namespace detail

/// As above for any number of coroutines, tasks and futures. Returns: a future of a tuple; void
/// gives Unit.
template <detail::Gatherable... A> [[nodiscard]] auto gather(A... items) {
    return detail::gather_each(
        false, [](const auto& future) { return detail::value_of(future); }, std::move(items)...);
}

/// As above, with an Outcome each.
template <detail::Gatherable... A> [[nodiscard]] auto gather_settled(A... items) {
    return detail::gather_each(
        true, [](const auto& future) { return detail::outcome_of(future); }, std::move(items)...);
}

} // namespace aio
