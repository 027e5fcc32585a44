// thread_pool.cpp: who gets the next job, and how its outcome comes back.
#include "aio/spin.hpp"
#include "aio/thread_pool.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
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
/// Jobs come into one tray and are taken from another; whoever finds the second empty carries the
/// first one over. So a loop and a worker, each with a lock of its own, meet once for many jobs.
/// Lock `mutex_` before `tray_mutex_`.
/// Invariant: while a worker is free no job waits; `see_to_it_` is set while one is free or could
/// be made, unless one is awake and looks by itself.
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
        bool free = false; ///< asleep until it has a job
        std::unique_ptr<Job> job;
        Spinner spinner;
        std::condition_variable has_job;
        std::thread thread;
    };

    bool busy() const { return running_ > 0 || !queue_.empty(); } ///< once carry_over() was called
    Worker* find_worker();
    void hand_out();
    void wake_workers();
    void close_tray();
    void carry_over();
    void give_next(Worker& to);
    bool next_or_rest(Worker& self, bool may_look_out);
    void look_out(Worker& self, duration span);
    void work(Worker& self);
    void run_job(Worker& self, std::unique_ptr<Job> job);
    void let_workers_go();

    const char* const kind_;
    const std::size_t limit_;

    // One cache line, the only one besides the job that a loop and a worker both touch.
    alignas(64) std::mutex tray_mutex_;
    JobList tray_;
    bool see_to_it_ = true;              ///< submit() wakes a worker, or makes one
    bool closing_ = false;               ///< written under both locks
    std::atomic<bool> has_jobs_ = false; ///< since somebody found none; also when closing

    alignas(64) std::mutex mutex_; ///< for all below
    JobList queue_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::size_t running_ = 0;
    bool looking_out_ = false; ///< a worker waits awake
    bool jobs_stream_ = false; ///< the last time several had come at once
    std::vector<Callback> when_idle_;
    Clock* clock_ = nullptr; ///< of the latest job to begin: a wait for jobs takes place there
};

void Workers::submit(std::unique_ptr<Job> job) {
    const std::uint64_t loop = job->loop;
    const std::uint64_t number = job->number;
    if (tracer != nullptr) {
        job->submitted = job->clock->now();
    }
    {
        const std::lock_guard lock(tray_mutex_);
        if (closing_) {
            throw Error("cannot schedule new jobs after shutdown");
        }
        AIO_TRACE("exec.submit", {{"job", number}, {"pool", kind_}});
        tray_.push_back(std::move(job));
        if (!has_jobs_.load(std::memory_order_relaxed)) {
            has_jobs_ = true;
        }
        if (!see_to_it_) {
            return;
        }
    }
    std::unique_ptr<Job> refused; // destroyed outside the lock: it may own anything
    const std::lock_guard lock(mutex_);
    try {
        hand_out();
    } catch (...) {
        refused = queue_.remove(loop, number);
        throw;
    }
}

Workers::Worker* Workers::find_worker() {
    const auto first =
        std::find_if(workers_.begin(), workers_.end(), [](auto& w) { return w->free; });
    if (first != workers_.end()) { // the one with the lowest number
        return first->get();
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

void Workers::carry_over() {
    const std::lock_guard lock(tray_mutex_);
    jobs_stream_ = tray_.several();
    queue_.take(tray_);
    if (!closing_ && queue_.empty()) {
        has_jobs_ = false;
    }
    see_to_it_ = !looking_out_ && (workers_.size() < limit_ ||
                                   std::any_of(workers_.begin(), workers_.end(),
                                               [](auto& worker) { return worker->free; }));
}

// Called by whoever has the clock's turn, so the seats of jobs are in the order of their starts.
void Workers::give_next(Worker& to) {
    to.free = false;
    to.job = queue_.pop_front();
    clock_ = to.job->clock;
    to.job->seat = clock_->reserve();
    ++running_;
}

void Workers::hand_out() {
    carry_over();
    if (!looking_out_) { // else that one comes to it, and wakes others if there is more
        wake_workers();
    }
}

void Workers::wake_workers() {
    while (!queue_.empty()) {
        Worker* worker = find_worker();
        if (worker == nullptr) {
            return;
        }
        give_next(*worker);
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
    const duration spin = seat == 0 ? job->spin : duration::zero();
    clock.take(seat);
    clock_here = &clock;
    const auto now = [&clock] { return tracer != nullptr ? clock.now() : time_point(); };
    const time_point begin = now();
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
                           {"dur", microseconds(now() - begin)},
                           {"outcome", job->error != nullptr ? "error" : "ok"}});
    AIO_TRACE("exec.post", {{"job", job->number}, {"worker", self.name}});
    post_outcome(std::move(job));
    const bool looks_out = next_or_rest(self, spin > duration::zero());
    clock_here = nullptr;
    clock.leave(seat);
    if (looks_out) {
        look_out(self, spin);
    }
}

// Returns: whether this worker is to wait awake.
bool Workers::next_or_rest(Worker& self, bool may_look_out) {
    std::vector<Callback> told;
    {
        std::unique_lock lock(mutex_);
        --running_;
        if (queue_.empty() && jobs_stream_ && may_look_out) {
            lock.unlock();
            Spinner::pause(); // let some gather
            lock.lock();
        }
        if (queue_.empty()) {
            carry_over();
        }
        may_look_out = may_look_out && queue_.empty() && !looking_out_ && !closing_;
        if (!queue_.empty()) {
            give_next(self); // it begins at this very moment
        } else if (may_look_out) {
            looking_out_ = true;
        } else {
            self.free = true;
            hand_out(); // what has come since
        }
        if (!busy()) {
            told.swap(when_idle_);
            let_workers_go();
        }
    }
    for (Callback& tell : told) {
        tell();
    }
    return may_look_out;
}

void Workers::look_out(Worker& self, duration span) {
    std::unique_lock lock(mutex_, std::defer_lock);
    bool came = true;
    while (came) {
        came = self.spinner.wait([this] { return has_jobs_.load(std::memory_order_relaxed); }, span,
                                 [] { return false; });
        lock.lock();
        looking_out_ = false;
        carry_over();
        if (!queue_.empty()) {
            give_next(self);
            wake_workers(); // for the others
            return;
        }
        came = came && !closing_;
        if (came) { // another worker was quicker
            looking_out_ = true;
            lock.unlock();
        }
    }
    self.free = true;
    hand_out();
}

bool Workers::cancel(std::uint64_t loop, std::uint64_t number) {
    std::unique_ptr<Job> dropped; // destroyed outside the lock: it may own anything
    const std::lock_guard lock(mutex_);
    carry_over();
    dropped = queue_.remove(loop, number);
    if (dropped == nullptr) {
        return false;
    }
    AIO_TRACE("exec.drop", {{"job", number}, {"pool", kind_}});
    return true;
}

void Workers::when_idle(Callback then) {
    {
        const std::lock_guard lock(mutex_);
        carry_over();
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
    JobList dropped;
    const auto bell = std::make_shared<ThreadBell>();
    Clock* busy_on = nullptr;
    {
        const std::lock_guard lock(mutex_);
        close_tray();
        if (cancel_futures) {
            dropped.take(queue_);
        }
        let_workers_go();
        if (wait && busy()) {
            busy_on = clock_;
            when_idle_.emplace_back([bell] { bell->ring(); });
        }
    }
    while (!dropped.empty()) {
        std::unique_ptr<Job> job = dropped.pop_front();
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

void Workers::close_tray() {
    {
        const std::lock_guard lock(tray_mutex_);
        closing_ = true;
        has_jobs_ = true; // who waits awake is to see it
    }
    hand_out();
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
