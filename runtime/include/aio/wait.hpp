// wait.hpp: wait for some of several things, for one thing but not too long, or protect it from a
// cancel.
//
// Floor 6.
#pragma once

#include "aio/sleep.hpp"
#include "aio/gather.hpp"

#include <optional>
#include <vector>

namespace aio {

/// When wait() has seen enough.
enum class When { all_completed, first_completed, first_exception };

/// What wait() saw, of tasks or futures. Both lists are in the order of the arguments (R17).
template <class F> struct Waited {
    std::vector<F> done;
    std::vector<F> pending;
};

namespace detail {
Coro<> wait_until(std::vector<Ref<FutureBase>> futures, When when, std::optional<duration> timeout);
Coro<> cancel_and_wait(Ref<FutureBase> future);
/// Throws: TimeoutError if `future`, which was late, has ended by being cancelled.
void throw_if_late(FutureBase& future);

/// Waits for the first; if that is the alarm, cancels the other. Throws: TimeoutError if that ended
/// it.
Coro<> ended_before(const Alarm& alarm, Ref<FutureBase> future);

template <class T> Coro<T> result_before(const Alarm& alarm, Future<T> future) {
    co_await ended_before(alarm, future.ref());
    co_return future.result(); // what a task answers to the cancel with counts, late as it is
}
} // namespace detail

/// Waits until all of `tasks`, the first, or the first that failed have ended, or until `timeout`
/// has passed. Cancels none and throws no error of theirs. Throws: Error for an empty list. See:
/// asyncio.wait.
template <class F>
Coro<Waited<F>> wait(std::vector<F> tasks, When when = When::all_completed,
                     std::optional<duration> timeout = std::nullopt) {
    std::vector<detail::Ref<detail::FutureBase>> refs;
    for (const auto& task : tasks) {
        refs.emplace_back(task.ref());
    }
    co_await detail::wait_until(std::move(refs), when, timeout);
    Waited<F> waited;
    for (auto& task : tasks) {
        (task.done() ? waited.done : waited.pending).push_back(task);
    }
    co_return waited;
}

/// Waits for `future`, but not longer than `limit`: then it is cancelled, and once it has ended
/// TimeoutError is thrown. See: asyncio.wait_for of Python 3.11.
template <class T> Coro<T> wait_for(Future<T> future, duration limit) {
    if (limit <= duration::zero()) {
        if (!future.done()) {
            co_await detail::cancel_and_wait(future.ref());
            detail::throw_if_late(future.state());
        }
        co_return future.result();
    }
    const detail::Alarm alarm(limit);
    co_return co_await detail::result_before(alarm, future);
}

/// As above; the coroutine becomes a task.
template <class T> Coro<T> wait_for(Coro<T> coro, duration limit) {
    if (limit <= duration::zero()) {
        co_return co_await wait_for(detail::as_future(std::move(coro)), limit);
    }
    const detail::Alarm alarm(limit); // the timer first, then the task, as asyncio does
    co_return co_await detail::result_before(alarm, detail::as_future(std::move(coro)));
}

/// Returns: a future that ends as `inner` does. Cancelling it leaves `inner` alone. See:
/// asyncio.shield.
template <class T> [[nodiscard]] Future<T> shield(Future<T> inner) {
    if (inner.done()) {
        return inner;
    }
    inner.state().refuse_other_loop(get_running_loop().id());
    const Future<T> outer = get_running_loop().create_future<T>();
    const auto link = inner.add_done_callback([outer, inner] {
        auto& ended = inner.state();
        if (outer.done()) {
            ended.retrieved = true; // the error has nowhere to go
        } else if (ended.status == detail::FutureStatus::cancelled) {
            outer.cancel();
        } else if (ended.status == detail::FutureStatus::failed) {
            outer.set_exception(ended.error_or_cancelled());
        } else {
            outer.set_result(detail::value_of(inner));
        }
    });
    outer.add_done_callback([inner, link] { inner.remove_done_callback(link); });
    return outer;
}
template <class T> [[nodiscard]] Future<T> shield(Coro<T> coro) {
    return shield(detail::as_future(std::move(coro)));
}

} // namespace aio
