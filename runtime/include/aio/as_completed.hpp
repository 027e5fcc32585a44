// as_completed.hpp: the results of several things, in the order in which they come.
//
// Floor 7: it is a queue that done-callbacks fill.
#pragma once

#include "aio/gather.hpp"
#include "aio/queue.hpp"

#include <algorithm>
#include <optional>
#include <ranges>
#include <vector>

namespace aio {

namespace detail {

/// Puts futures into a queue as they end, and an empty one for each that is late. The callbacks
/// share it, so whoever stops asking half way leaves nothing dangling.
template <class T> struct Arrivals {
    using Shared = std::shared_ptr<Arrivals>;
    std::vector<std::pair<Future<T>, std::uint64_t>> awaited; ///< with the number of the callback
    Queue<Future<T>> ended;
    TimerHandle timer;

    static void listen(const Shared& self, const Future<T>& future) {
        future.state().refuse_other_loop(get_running_loop().id());
        if (self->find(future) == self->awaited.end()) { // once, though it be given twice
            self->awaited.emplace_back(
                future, future.add_done_callback([self, future] { self->arrived(future); }));
        }
    }
    auto find(const Future<T>& future) {
        return std::find_if(awaited.begin(), awaited.end(),
                            [&](const auto& entry) { return entry.first == future; });
    }
    void arrived(const Future<T>& future) {
        if (const auto found = find(future); found != awaited.end()) { // else it is late already
            awaited.erase(found);
            ended.put_nowait(future);
        }
        if (awaited.empty()) {
            timer.cancel();
        }
    }
    void time_is_up() {
        for (const auto& [future, callback] : std::exchange(awaited, {})) {
            future.remove_done_callback(callback);
            ended.put_nowait(Future<T>());
        }
    }
    static Coro<T> next(Shared self) {
        const Future<T> future = co_await self->ended.get();
        if (!future) {
            throw TimeoutError();
        }
        co_return future.result();
    }
};

} // namespace detail

/// Starts all of `items`, from left to right (R17). Returns: a range of as many coroutines: the
/// first one awaits whichever ends first, the second whichever is next.
///
///     for (Coro<int> turn : as_completed(std::move(tasks), 1s)) {
///         const int value = co_await turn; // throws what that task threw
///     }
///
/// Once `timeout` has passed, each turn that is late throws TimeoutError; nothing is cancelled.
/// See: asyncio.as_completed.
template <class A>
[[nodiscard]] auto as_completed(std::vector<A> items,
                                std::optional<duration> timeout = std::nullopt) {
    using T = detail::ResultOf<A>;
    std::vector<Future<T>> futures; // all have begun before any is listened to
    for (A& item : items) {
        futures.push_back(detail::as_future(std::move(item)));
    }
    const auto arrivals = std::make_shared<detail::Arrivals<T>>();
    for (const Future<T>& future : futures) {
        arrivals->listen(arrivals, future);
    }
    if (timeout && !arrivals->awaited.empty()) {
        arrivals->timer =
            get_running_loop().call_later(*timeout, [arrivals] { arrivals->time_is_up(); });
    }
    return std::views::iota(std::size_t{0}, arrivals->awaited.size()) |
           std::views::transform([arrivals](std::size_t) { return arrivals->next(arrivals); });
}

} // namespace aio
