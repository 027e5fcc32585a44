// executor.cpp: the loop's side of its jobs, and the end of the default pool.
#include "aio/executor.hpp"

namespace aio {
namespace detail {
namespace {

/// Hears that the future of a job is done. If that was a cancel, the job is taken out of the queue
/// on the next turn, as asyncio does it; one that runs goes on.
struct CancelListener final : Listener {
    CancelListener(std::shared_ptr<PoolState> of, std::uint64_t job)
        : pool(std::move(of)), number(job) {}

    void future_done(FutureBase& future, EventLoop& loop) override {
        if (future.status == FutureStatus::cancelled) {
            loop.call_soon([pool = std::move(pool), &loop, number = number] {
                if (pool->cancel(loop.id(), number)) {
                    Executors::of(loop).take(number);
                }
            });
        }
        delete this;
    }

    std::shared_ptr<PoolState> pool;
    std::uint64_t number;
};

} // namespace

Executors::~Executors() {
    if (pool != nullptr) {
        pool->shutdown(false);
    }
}

Executors& Executors::of(EventLoop& loop) {
    if (loop.executors_ == nullptr) {
        loop.executors_ = std::make_shared<Executors>();
    }
    return *loop.executors_;
}

ThreadPool& Executors::default_pool() {
    if (is_shut_down) {
        throw Error("the default executor has been shut down");
    }
    if (pool == nullptr) {
        pool = std::make_shared<ThreadPool>();
    }
    return *pool;
}

std::uint64_t Executors::expect(EventLoop& loop, Ref<FutureBase> future) {
    const std::uint64_t number = loop.next_number("job");
    expected_.emplace(number, std::move(future));
    return number;
}

Ref<FutureBase> Executors::take(std::uint64_t number) {
    auto found = expected_.extract(number);
    return found.empty() ? Ref<FutureBase>() : found.mapped();
}

void Executors::submit(EventLoop& loop, const std::shared_ptr<PoolState>& to,
                       std::unique_ptr<Job> job, Ref<FutureBase> result) {
    const std::uint64_t number = expect(loop, result);
    job->number = number;
    job->loop = loop.id();
    job->clock = &loop.clock();
    try {
        to->submit(std::move(job));
    } catch (...) {
        take(number);
        throw;
    }
    result->add_listener(*new CancelListener(to, number));
}

// The outcome travels alone: the future, whose count of references is not atomic, never leaves the
// loop's thread.
void post_outcome(std::unique_ptr<Job> job) {
    const std::uint64_t loop = job->loop;
    EventLoop::post(loop, [job = std::move(job)] {
        const Ref future = Executors::of(get_running_loop()).take(job->number);
        if (!future || future->done()) {
            return; // cancelled meanwhile
        }
        if (job->dropped) {
            future->cancel({});
        } else if (job->error != nullptr) {
            future->set_exception(job->error);
        } else {
            job->give_result(*future);
        }
    });
}

} // namespace detail

void EventLoop::set_default_executor(std::shared_ptr<ThreadPool> pool) {
    detail::Executors::of(*this).pool = std::move(pool);
}

Coro<> EventLoop::shutdown_default_executor(std::optional<duration> limit) {
    auto& executors = detail::Executors::of(*this);
    executors.is_shut_down = true;
    const std::shared_ptr<ThreadPool> pool = executors.pool;
    if (pool == nullptr) {
        co_return;
    }
    const Future<bool> in_time = create_future<bool>();
    const std::uint64_t number = executors.expect(*this, in_time.ref());
    pool->state()->shutdown(false, false);
    pool->state()->when_idle([number, loop = id()] {
        post(loop, [number] {
            const detail::Ref future = detail::Executors::of(get_running_loop()).take(number);
            if (future && !future->done()) {
                static_cast<detail::FutureState<bool>&>(*future).set_result(true);
            }
        });
    });
    struct CancelOnExit {
        TimerHandle timer;
        ~CancelOnExit() { timer.cancel(); }
    } cleanup;
    if (limit) {
        cleanup.timer = call_later(*limit, [in_time] {
            if (!in_time.done()) {
                in_time.set_result(false);
            }
        });
    }
    const bool ended = co_await in_time;
    if (!ended) {
        warn("shutdown", "the default executor's jobs did not end within " +
                             std::to_string(*limit / 1ms) + " ms");
    }
    pool->shutdown(ended); // if they have ended, its threads join at once
}

} // namespace aio
