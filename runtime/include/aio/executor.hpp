// executor.hpp: hand a blocking call to a worker, and await its result.
//
//     loop thread:  run_in_executor -> a job in the queue ....... post -> future done -> waiter
//     worker:                              start ==== block_for ==== end -'
//
// The end of a job posts a callback; that callback finishes the future; whoever waits goes on one
// turn later (R4, R9).
//
// Floor 8.
#pragma once

#include "aio/task.hpp"
#include "aio/thread_pool.hpp"

#include <vector>

namespace aio {

namespace detail {

/// What a loop keeps about a future whose outcome comes from elsewhere. It hears when that future
/// is done: if it was cancelled, the job is taken out of the pool's queue on the next turn, as
/// asyncio does it; one that runs goes on. Only the loop's thread touches it.
struct Away : Listener {
    void future_done(FutureBase& future, EventLoop& loop) override;

    Ref<FutureBase> future; ///< kept alive while it is away
    std::shared_ptr<PoolState> pool;
    std::uint64_t number = 0;
    std::size_t place = 0;  ///< in Executors::away_
    bool listening = false; ///< in the list of `future`
};

/// A future that can be away.
template <class R> struct JobFuture final : FutureState<R>, Away {
    using FutureState<R>::FutureState;
};

/// What a loop knows of its jobs. Only the loop's thread touches it.
class Executors {
public:
    explicit Executors(EventLoop& loop);
    Executors(const Executors&) = delete;
    Executors& operator=(const Executors&) = delete;
    ~Executors(); ///< lets the default pool end by itself

    static Executors& of(EventLoop& loop);
    /// Returns: the default pool, made on first use. Throws: Error after its shutdown.
    ThreadPool& default_pool();
    /// Returns: the pool that an argument of run_in_executor() names.
    template <class Pool> auto& choose(Pool named) {
        static_assert(std::is_pointer_v<Pool> || std::is_null_pointer_v<Pool>,
                      "pass the address of a pool, or nullptr for the default one");
        if constexpr (std::is_null_pointer_v<Pool>) {
            return default_pool();
        } else if constexpr (std::is_same_v<Pool, ThreadPool*>) {
            return named != nullptr ? *named : default_pool();
        } else {
            AIO_EXPECTS(named != nullptr);
            return *named;
        }
    }
    /// Hands `job` to `to`; its outcome will be given to `future`. Throws: Error after shutdown.
    template <class R>
    void submit(const std::shared_ptr<PoolState>& to, std::unique_ptr<Job> job,
                const Ref<JobFuture<R>>& future) {
        submit(to, std::move(job), *future, *future);
    }
    /// Keeps `future`, which `away` belongs to, until bring_back().
    void send_away(Away& away, FutureBase& future);
    /// Returns: its future, or null if it was back before. Complexity: O(1).
    Ref<FutureBase> bring_back(Away& away);

    std::shared_ptr<ThreadPool> pool;
    bool is_shut_down = false;

private:
    void submit(const std::shared_ptr<PoolState>& to, std::unique_ptr<Job> job, FutureBase& future,
                Away& away);

    EventLoop& loop_;
    std::uint64_t& last_number_; ///< of a job
    std::vector<Away*> away_;    ///< in no order
};

} // namespace detail

/// Runs `f(arguments...)` in `pool`: &a_thread_pool, &a_process_pool, or nullptr for the loop's
/// default pool, which is made on first use.
///
/// Returns: the future of its result, or of the error that it throws. Cancelling it removes a job
/// that waits for a worker, on the next turn; a job that runs goes on, and only its waiters are
/// freed. Throws: Error if the loop is closed, or the pool shut down; BrokenProcessPool.
/// Requires: the loop's thread. `f` and its captures are used on the worker's thread: they must not
/// touch the loop but by call_soon_threadsafe() and run_coroutine_threadsafe(). A job of a process
/// pool works on a copy of the memory: see process_pool.hpp.
/// See: asyncio, loop.run_in_executor.
template <class Pool, class F, class... Arguments>
auto EventLoop::run_in_executor(Pool pool, F f, Arguments... arguments) {
    static_assert(std::is_invocable_v<F, Arguments...>,
                  "run_in_executor needs the function itself, then its arguments: (pool, f, 5)");
    using R = std::decay_t<std::invoke_result_t<F, Arguments...>>;
    refuse_if_closed();
    auto& executors = detail::Executors::of(*this);
    auto& chosen = executors.choose(pool);
    auto call = chosen.template bind<R>(std::move(f), std::move(arguments)...);
    const detail::Ref future(new detail::JobFuture<R>(*this, "job"));
    executors.submit(chosen.state(),
                     std::make_unique<detail::JobOf<R, decltype(call)>>(std::move(call)), future);
    return Future<R>(future);
}

namespace detail {
template <class R, class Call> Coro<R> call_in_thread(Call call) {
    co_return co_await get_running_loop().run_in_executor(nullptr, std::move(call));
}
} // namespace detail

/// Runs `f(arguments...)` in the running loop's default pool, from when it is awaited, or made a
/// task.
///
/// Throws: what `f` throws. See: asyncio.to_thread.
template <class F, class... Arguments> auto to_thread(F f, Arguments... arguments) {
    using R = std::decay_t<std::invoke_result_t<F, Arguments...>>;
    return detail::call_in_thread<R>(ThreadPool::bind<R>(std::move(f), std::move(arguments)...));
}

} // namespace aio
