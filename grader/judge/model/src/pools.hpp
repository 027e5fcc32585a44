// pools.hpp: the model's workers: which job has one, and when it goes on (R9).
//
// What a job does, and who waits for it, they do not know.
#pragma once

#include "model/program.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <vector>

namespace lab::model {

/// A number of workers, and the queue in front of them.
///
/// Invariant: while a job waits, every worker has one.
struct Pool {
    std::size_t workers;
    bool separate_memory; ///< a process pool: nothing comes back but results
    bool closed = false;
    std::size_t running = 0;
    std::deque<std::size_t> queue = {};                ///< numbers of jobs
    std::vector<std::function<void()>> when_idle = {}; ///< called once

    bool busy() const { return running > 0 || !queue.empty(); }
};

/// All pools. Those who let time pass ask here who works meanwhile.
class Pools {
public:
    using Number = std::size_t; ///< names a job
    /// Goes on with a job. Returns: when it goes on again; nothing if it has ended.
    using GoOn = std::function<std::optional<ms>()>;

    Pool& open(std::size_t workers, bool separate_memory);
    Number submit(Pool& pool, GoOn job, ms now);
    /// Takes a job out of its queue; one that runs goes on.
    void drop(Number number);
    /// A job ends here and now, whether it runs or waits; its worker is free.
    void stop(Number number, ms now);
    bool has_ended(Number number) const;

    /// Goes on with every job that is due, and with those that get a worker by that.
    void run_due(ms now);
    /// Returns: when the next job goes on; nothing if none runs.
    std::optional<ms> next_date() const;

private:
    struct Job {
        Number number;
        Pool* pool;
        GoOn go_on;
        ms date{}; ///< while it runs
    };
    using Jobs = std::list<Job>;

    void hand_out(Pool& pool, ms now);
    void end(Jobs::iterator job, ms now);
    static Jobs::iterator find(Jobs& jobs, Number number);

    std::vector<std::unique_ptr<Pool>> pools_;
    Jobs waiting_;
    Jobs running_; ///< in the order of their starts, which decides ties
    Number last_number_ = 0;
};

} // namespace lab::model
