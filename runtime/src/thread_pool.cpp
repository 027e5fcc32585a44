// thread_pool.cpp: who gets the next job, and how its outcome comes back.
#include "aio/thread_pool.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace aio {
namespace {

struct Here { // what a worker's thread knows about itself
    const detail::PoolState* pool = nullptr;
    std::size_t index = 0;
    std::string_view name;
};
thread_local Here here;

std::int64_t microseconds(duration span) { return span.count() / 1000; }

} // namespace

std::string_view current_worker() noexcept { return here.name; }

namespace detail {

std::size_t current_worker_index() noexcept { return here.index; }

namespace {

/// A pool as its threads see it. It lives until the last of them has ended.
///
/// Invariant: a worker without a job is in `free_`; while one is, no job waits.
class Workers final : public PoolState, public std::enable_shared_from_this<Workers> {
public:
    Workers(const char* kind, std::size_t limit) : kind_(kind), limit_(limit) {}

    void submit(std::unique_ptr<Job> job) override;
    bool cancel(std::uint64_t loop, std::uint64_t number) override;
    void shutdown(bool wait, bool cancel_futures) override;
    void detach() override;
    void when_idle(Callback then) override;

private:
    struct Worker {
        std::size_t index;
        std::string name;
        std::unique_ptr<Job> job;
        std::condition_variable has_job;
        std::thread thread;
    };

    bool busy() const { return running_ > 0 || !queue_.empty(); }
    Worker* find_worker();
    void hand_out();
    void work(Worker& self);
    void run_job(Worker& self, std::unique_ptr<Job> job);
    void let_workers_go();

    const char* const kind_;
    const std::size_t limit_;
    std::mutex mutex_;
    std::deque<std::unique_ptr<Job>> queue_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::set<std::size_t> free_; ///< the one with the lowest number takes the next job
    std::size_t running_ = 0;
    std::vector<Callback> when_idle_;
    Clock* clock_ = nullptr; ///< of the latest job: a wait for jobs takes place there
    bool closing_ = false;
};

void Workers::submit(std::unique_ptr<Job> job) {
    const std::lock_guard lock(mutex_);
    if (closing_) {
        throw Error("cannot schedule new jobs after shutdown");
    }
    clock_ = job->clock;
    job->submitted = job->clock->now();
    AIO_TRACE("exec.submit", {{"job", job->number}, {"pool", kind_}});
    queue_.push_back(std::move(job));
    try {
        hand_out();
    } catch (...) {
        queue_.pop_back();
        throw;
    }
}

Workers::Worker* Workers::find_worker() {
    if (!free_.empty()) {
        return workers_[free_.extract(free_.begin()).value()].get();
    }
    if (workers_.size() == limit_) {
        return nullptr;
    }
    if (workers_.empty() && before_first_thread != nullptr) {
        before_first_thread();
    }
    auto worker = std::make_unique<Worker>();
    worker->index = workers_.size();
    worker->name = "worker-" + std::to_string(worker->index + 1);
    try {
        worker->thread =
            std::thread([self = shared_from_this(), w = worker.get()] { self->work(*w); });
    } catch (const std::system_error&) {
        if (workers_.empty()) {
            throw;
        }
        return nullptr; // no more threads: those that exist will come to it
    }
    return workers_.emplace_back(std::move(worker)).get();
}

// Called by whoever has the clock's turn, so the seats of jobs are in the order of their starts.
void Workers::hand_out() {
    while (!queue_.empty()) {
        Worker* worker = find_worker();
        if (worker == nullptr) {
            return;
        }
        worker->job = std::move(queue_.front());
        queue_.pop_front();
        worker->job->seat = worker->job->clock->reserve();
        ++running_;
        worker->has_job.notify_one();
    }
}

void Workers::work(Worker& self) {
    here = {this, self.index, self.name};
    std::unique_lock lock(mutex_);
    for (;;) {
        self.has_job.wait(lock, [&] { return self.job != nullptr || (closing_ && !busy()); });
        if (self.job == nullptr) {
            return;
        }
        std::unique_ptr<Job> job = std::move(self.job);
        lock.unlock();
        run_job(self, std::move(job));
        lock.lock();
    }
}

void Workers::run_job(Worker& self, std::unique_ptr<Job> job) {
    Clock& clock = *job->clock;
    const Seat seat = job->seat;
    clock.take(seat);
    clock_here = &clock;
    const time_point begin = clock.now();
    AIO_TRACE("exec.start", {{"job", job->number},
                             {"pool", kind_},
                             {"worker", self.name},
                             {"waited", microseconds(begin - job->submitted)}});
    try {
        job->run();
    } catch (...) {
        job->error = std::current_exception();
    }
    AIO_TRACE("exec.end", {{"job", job->number},
                           {"worker", self.name},
                           {"dur", microseconds(clock.now() - begin)},
                           {"outcome", job->error != nullptr ? "error" : "ok"}});
    AIO_TRACE("exec.post", {{"job", job->number}, {"worker", self.name}});
    post_outcome(std::move(job));

    std::vector<Callback> told;
    {
        const std::lock_guard lock(mutex_);
        --running_;
        free_.insert(self.index);
        hand_out(); // the next job begins at this very moment
        if (!busy()) {
            told.swap(when_idle_);
            let_workers_go();
        }
    }
    for (Callback& tell : told) {
        tell();
    }
    clock_here = nullptr;
    clock.leave(seat);
}

bool Workers::cancel(std::uint64_t loop, std::uint64_t number) {
    std::unique_ptr<Job> dropped; // destroyed outside the lock: it may own anything
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(queue_.begin(), queue_.end(), [&](const auto& job) {
        return job->loop == loop && job->number == number;
    });
    if (found == queue_.end()) {
        return false;
    }
    AIO_TRACE("exec.drop", {{"job", number}, {"pool", kind_}});
    dropped = std::move(*found);
    queue_.erase(found);
    return true;
}

void Workers::when_idle(Callback then) {
    {
        const std::lock_guard lock(mutex_);
        if (busy()) {
            when_idle_.push_back(std::move(then));
            return;
        }
    }
    then();
}

void Workers::shutdown(bool wait, bool cancel_futures) {
    if (wait && here.pool == this) {
        throw Error("a job cannot wait for the pool that runs it");
    }
    std::deque<std::unique_ptr<Job>> dropped;
    const auto bell = std::make_shared<ThreadBell>();
    Clock* busy_on = nullptr;
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
        if (cancel_futures) {
            dropped.swap(queue_);
        }
        let_workers_go();
        if (wait && busy()) {
            busy_on = clock_;
            when_idle_.emplace_back([bell] { bell->ring(); });
        }
    }
    for (std::unique_ptr<Job>& job : dropped) {
        AIO_TRACE("exec.drop", {{"job", job->number}, {"pool", kind_}});
        job->dropped = true;
        post_outcome(std::move(job));
    }
    if (busy_on != nullptr) {
        bell->wait(*busy_on);
    }
    for (const auto& worker : workers_) {
        if (wait && worker->thread.joinable()) {
            worker->thread.join(); // at once: it has nothing to do but to end
        }
    }
}

void Workers::let_workers_go() {
    for (const auto& worker : workers_) {
        if (closing_) {
            worker->has_job.notify_one();
        }
    }
}

void Workers::detach() {
    for (const auto& worker : workers_) {
        if (worker->thread.joinable()) {
            worker->thread.detach();
        }
    }
}

} // namespace
} // namespace detail

ThreadPool::ThreadPool(std::size_t workers) : ThreadPool("thread", workers) {}

ThreadPool::ThreadPool(const char* kind, std::size_t workers)
    : state_(std::make_shared<detail::Workers>(kind, workers)) {
    if (workers == 0) {
        throw Error("a pool needs at least one worker");
    }
}

ThreadPool::~ThreadPool() {
    try {
        state_->shutdown(wait_at_end_, false);
    } catch (const std::exception& error) {
        warn("deadlock", std::string("a pool could not wait for its jobs: ") + error.what());
        state_->shutdown(false, false); // its threads end without being waited for
    }
    state_->detach();
}

void ThreadPool::shutdown(bool wait, bool cancel_futures) {
    wait_at_end_ = wait;
    state_->shutdown(wait, cancel_futures);
}

} // namespace aio
