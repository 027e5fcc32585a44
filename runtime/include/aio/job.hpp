// job.hpp: a call on its way to another thread, and back with its outcome.
//
// One object makes the whole way: the loop builds it, a list hands it to a worker, and a post
// brings it back. Whoever holds it is its owner, so nothing in it needs a lock.
//
// Floor 8.
#pragma once

#include "aio/future.hpp"

#include <memory>
#include <utility>

namespace aio::detail {

struct Away;

/// A job on its way from a loop to a worker, and back with its outcome.
class Job : public Recycled {
public:
    Job() = default;
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    virtual ~Job() = default;
    virtual void run() = 0; ///< on the worker: keeps what the callable returns; throws what it does
    virtual void give_result(FutureBase& future) = 0; ///< on the loop's thread

    std::unique_ptr<Job> next; ///< in a JobList
    Away* away = nullptr;      ///< its future: only the loop's thread may look
    std::uint64_t number = 0;  ///< for its loop
    std::uint64_t loop = 0;
    Clock* clock = nullptr;
    Seat seat = 0;
    duration spin{};        ///< how long its loop would wait awake
    time_point submitted{}; ///< when somebody traces
    std::exception_ptr error;
    bool dropped = false; ///< by shutdown(): it never ran
};

template <class R, class F> class JobOf final : public Job {
public:
    explicit JobOf(F f) : f_(std::move(f)) {}
    void run() override {
        if constexpr (std::is_void_v<R>) {
            f_();
            value_.emplace();
        } else {
            value_.emplace(f_());
        }
    }
    void give_result(FutureBase& future) override {
        static_cast<FutureState<R>&>(future).set_result(std::move(*value_));
    }

private:
    F f_;
    std::optional<Stored<R>> value_;
};

/// Jobs in the order in which they came.
class JobList {
public:
    JobList() = default;
    JobList(JobList&& other) noexcept { take(other); }
    JobList& operator=(JobList&&) = delete;
    ~JobList() {
        while (!empty()) { // one by one: a long chain of owners would end in one deep recursion
            pop_front();
        }
    }

    bool empty() const noexcept { return first_ == nullptr; }
    bool several() const noexcept { return !empty() && first_->next != nullptr; }
    void push_back(std::unique_ptr<Job> job) noexcept {
        Job* const last = job.get();
        (empty() ? first_ : last_->next) = std::move(job);
        last_ = last;
    }
    std::unique_ptr<Job> pop_front() noexcept {
        std::unique_ptr<Job> job = std::move(first_);
        first_ = std::move(job->next);
        return job;
    }
    /// Effects: the jobs of `other` come after those that are here.
    void take(JobList& other) noexcept {
        if (!other.empty()) {
            (empty() ? first_ : last_->next) = std::move(other.first_);
            last_ = other.last_;
        }
    }
    /// Returns: the job of `loop` with that number, no longer in the list; or null.
    std::unique_ptr<Job> remove(std::uint64_t loop, std::uint64_t number) noexcept {
        Job* before = nullptr;
        for (Job* job = first_.get(); job != nullptr;
             before = std::exchange(job, job->next.get())) {
            if (job->loop == loop && job->number == number) {
                std::unique_ptr<Job>& link = before == nullptr ? first_ : before->next;
                std::unique_ptr<Job> found = std::move(link);
                link = std::move(found->next);
                last_ = last_ == found.get() ? before : last_;
                return found;
            }
        }
        return nullptr;
    }

private:
    std::unique_ptr<Job> first_;
    Job* last_ = nullptr; ///< unless empty
};

} // namespace aio::detail
