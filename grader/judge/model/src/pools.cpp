// pools.cpp: first come, first served.
#include "pools.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace lab::model {

Pool& Pools::open(std::size_t workers, bool separate_memory) {
    pools_.push_back(
        std::make_unique<Pool>(Pool{.workers = workers, .separate_memory = separate_memory}));
    return *pools_.back();
}

Pools::Number Pools::submit(Pool& pool, GoOn job, ms now) {
    waiting_.push_back({.number = ++last_number_, .pool = &pool, .go_on = std::move(job)});
    pool.queue.push_back(last_number_);
    hand_out(pool, now);
    return last_number_;
}

void Pools::hand_out(Pool& pool, ms now) {
    while (!pool.queue.empty() && pool.running < pool.workers) {
        const auto job = find(waiting_, pool.queue.front());
        pool.queue.pop_front();
        ++pool.running;
        job->date = now;
        running_.splice(running_.end(), waiting_, job);
    }
}

void Pools::drop(Number number) {
    if (const auto job = find(waiting_, number); job != waiting_.end()) {
        std::erase(job->pool->queue, number);
        waiting_.erase(job);
    }
}

void Pools::stop(Number number, ms now) {
    drop(number);
    if (const auto job = find(running_, number); job != running_.end()) {
        end(job, now);
    }
}

bool Pools::has_ended(Number number) const {
    const auto is_this = [number](const Job& job) { return job.number == number; };
    return std::none_of(waiting_.begin(), waiting_.end(), is_this) &&
           std::none_of(running_.begin(), running_.end(), is_this);
}

void Pools::run_due(ms now) {
    const auto is_due = [now](const Job& job) { return job.date <= now; };
    for (auto job = std::find_if(running_.begin(), running_.end(), is_due); job != running_.end();
         job = std::find_if(running_.begin(), running_.end(), is_due)) {
        if (const auto date = job->go_on()) {
            job->date = *date;
        } else {
            end(job, now);
        }
    }
}

/// The next job in the queue begins at this very moment.
void Pools::end(Jobs::iterator job, ms now) {
    Pool& pool = *job->pool;
    running_.erase(job);
    --pool.running;
    hand_out(pool, now);
    if (!pool.busy()) {
        for (const auto& tell : std::exchange(pool.when_idle, {})) {
            tell();
        }
    }
}

std::optional<ms> Pools::next_date() const {
    const auto next = std::min_element(running_.begin(), running_.end(),
                                       [](const Job& a, const Job& b) { return a.date < b.date; });
    return next != running_.end() ? std::optional(next->date) : std::nullopt;
}

Pools::Jobs::iterator Pools::find(Jobs& jobs, Number number) {
    return std::find_if(jobs.begin(), jobs.end(),
                        [number](const Job& job) { return job.number == number; });
}

} // namespace lab::model
