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
    Gathering(FutureBase& outer, bool settled);
    /// Requires: somebody holds a reference to the outer future.
    void watch(const Ref<FutureBase>& child);
    /// All are watched: once they have ended, `finish` puts the values together.
    void watched_all(std::function<void()> finish);
    bool cancel(const std::string& message);
    std::string names() const; ///< of those that have not ended

private:
    void child_done(FutureBase& child);

    FutureBase& outer_;
    std::function<void()> finish_;
    std::vector<Ref<FutureBase>> children_; ///< in the order of the arguments
    std::size_t distinct_ = 0;
    std::size_t ended_ = 0;
    bool settled_; ///< errors become values
    bool cancel_requested_ = false;
};

template <class R> struct GatherState final : FutureState<R> {
    Gathering children;
    GatherState(EventLoop& loop, bool settled)
        : FutureState<R>(loop, settled ? "gather_settled" : "gather"), children(*this, settled) {}
    bool cancel(std::string message) override { return !this->done() && children.cancel(message); }
    std::string name() const override { return "gather of " + children.names(); }
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

inline constexpr auto read_value = [](const auto& future) { return value_of(future); };
inline constexpr auto read_outcome = [](const auto& future) { return outcome_of(future); };

/// Returns: a function that makes a list of futures a list of what `read` makes of each.
template <class Read> auto each(Read read) {
    return [read](const auto& futures) {
        std::vector<decltype(read(futures.front()))> results;
        for (const auto& future : futures) {
            results.push_back(read(future));
        }
        return results;
    };
}

/// Gathers a list; `collect` makes the result of the futures when all have ended. Each item is
/// watched before the next becomes a task: one that is done tells so first.
template <class A, class Collect>
auto gather_list(bool settled, std::vector<A> items, Collect collect) {
    std::vector<Future<ResultOf<A>>> futures;
    using Results = decltype(collect(futures));
    const Ref state(new GatherState<Results>(get_running_loop(), settled));
    for (A& item : items) {
        futures.push_back(as_future(std::move(item)));
        state->children.watch(futures.back().ref());
    }
    state->children.watched_all([state = state.get(), futures = std::move(futures), collect] {
        state->set_result(collect(futures));
    });
    return Future<Results>(state);
}

/// As above for a tuple, of which `read` makes each result.
template <class Read, class... A> auto gather_each(bool settled, Read read, A... items) {
    using Results = std::tuple<decltype(read(as_future(std::move(items))))...>;
    const Ref state(new GatherState<Results>(get_running_loop(), settled));
    [[maybe_unused]] const auto watched = [&state](auto future) {
        state->children.watch(future.ref());
        return future;
    };
    std::tuple futures{watched(as_future(std::move(items)))...}; // braces: left to right
    state->children.watched_all([state = state.get(), futures = std::move(futures), read] {
        std::apply([&](const auto&... f) { state->set_result(Results{read(f)...}); }, futures);
    });
    return Future<Results>(state);
}

template <class A>
concept Gatherable = requires(A a) { as_future(std::move(a)); };

} // namespace detail

/// Runs all of `items` together. Returns: a future of their results, in the order of the arguments.
///
/// The first error ends the gather with it; the others go on (M22). Cancelling the gather cancels
/// them all. An empty list is done at once. See: asyncio.gather.
template <class A>
[[nodiscard]] Future<std::vector<detail::Stored<detail::ResultOf<A>>>> gather(
    std::vector<A> items) {
    return detail::gather_list(false, std::move(items), detail::each(detail::read_value));
}

/// As above, with an Outcome each instead of the first error. See: asyncio's
/// return_exceptions=True.
template <class A>
[[nodiscard]] Future<std::vector<Outcome<detail::ResultOf<A>>>> gather_settled(
    std::vector<A> items) {
    return detail::gather_list(true, std::move(items), detail::each(detail::read_outcome));
}

/// As above for any number of coroutines, tasks and futures. Returns: a future of a tuple; void
/// gives Unit.
template <detail::Gatherable... A> [[nodiscard]] auto gather(A... items) {
    return detail::gather_each(false, detail::read_value, std::move(items)...);
}

/// As above, with an Outcome each.
template <detail::Gatherable... A> [[nodiscard]] auto gather_settled(A... items) {
    return detail::gather_each(true, detail::read_outcome, std::move(items)...);
}

} // namespace aio
