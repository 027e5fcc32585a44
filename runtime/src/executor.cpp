// executor.cpp: the loop's side of its jobs, and the end of the default pool.
#include "aio/executor.hpp"

namespace aio {
namespace detail {

void Away::future_done(FutureBase& done, EventLoop& loop) {
    listening = false;
    if (done.status == FutureStatus::cancelled) {
        loop.call_soon([keep = Ref(&done), this, &loop] {
            if (pool->cancel(loop.id(), number)) {
                Executors::of(loop).bring_back(*this);
            }
        });
    }
}

Executors::Executors(EventLoop& loop) : loop_(loop), last_number_(loop.last_numbers_["job"]) {}

Executors::~Executors() {
    for (Away* away : away_) { // a worker may still have the job, but no loop that it could go to
        const Ref<FutureBase> last = std::move(away->future);
        if (away->listening) {
            last->remove_listener(*away);
        }
    }
    if (pool != nullptr) {
        pool->shutdown(false);
    }
}

Executors& Executors::of(EventLoop& loop) {
    if (loop.executors_ == nullptr) {
        loop.executors_ = std::make_shared<Executors>(loop);
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

void Executors::send_away(Away& away, FutureBase& future) {
    away.number = ++last_number_;
    away.place = away_.size();
    away_.push_back(&away);
    away.future = Ref<FutureBase>(&future);
    ++loop_.jobs_away_;
}

Ref<FutureBase> Executors::bring_back(Away& away) {
    if (away.future) {
        away_.back()->place = away.place;
        away_[away.place] = away_.back();
        away_.pop_back();
        --loop_.jobs_away_;
    }
    return std::move(away.future);
}

void Executors::submit(const std::shared_ptr<PoolState>& to, std::unique_ptr<Job> job,
                       FutureBase& future, Away& away) {
    send_away(away, future);
    job->away = &away;
    job->number = away.number;
    job->loop = loop_.id();
    job->clock = &loop_.clock();
    job->spin = loop_.spin_;
    try {
        to->submit(std::move(job));
    } catch (...) {
        bring_back(away);
        throw;
    }
    away.pool = to;
    away.listening = true;
    future.add_listener(away);
}

// The outcome travels alone: the future, whose count of references is not atomic, never leaves the
// loop's thread, and the job only carries its address.
void post_outcome(std::unique_ptr<Job> job) {
    const std::uint64_t loop = job->loop;
    EventLoop::post(loop, [job = std::move(job)] {
        const Ref future = Executors::of(get_running_loop()).bring_back(*job->away);
        if (future->done()) {
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
    auto* const away = new detail::JobFuture<bool>(*this);
    const Future<bool> in_time{detail::Ref<detail::FutureState<bool>>(away)};
    executors.send_away(*away, *away);
    pool->state()->shutdown(false, false);
    pool->state()->when_idle([away, loop = id()] {
        post(loop, [away] { // it is there: until it is back, the loop keeps it
            const auto keep = detail::Executors::of(get_running_loop()).bring_back(*away);
            if (!away->done()) {
                away->set_result(true);
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
