// process_pool.hpp: a number of processes that take jobs, for work that needs a memory of its own.
//
//     loop -- job --> worker's thread -- bytes --> worker's process: f, on a copy of the memory
//     loop <-- post -- worker's thread <-- bytes, or the text of an error --'
//
// Each process has a thread of this program that waits for it, so that queue, order, virtual time
// and shutdown are those of a thread pool. A process that wants to block tells its thread, which
// blocks in its place: so the clock knows (R9).
//
// The processes are forked by a fork server, a copy of this program that does nothing else. It is
// itself forked before the first thread of a pool starts, or for the first process pool: a fork
// copies one thread only, with whatever locks the others held. That is also the moment whose memory
// the jobs see.
//
// Floor 8.
#pragma once

#include "aio/executor.hpp"
#include "aio/fork_server.hpp"
#include "aio/wire.hpp"

#include <atomic>

namespace aio {

/// A worker of a process pool has died, by exit() or by a signal, and its job with it; or there is
/// none for the job, since the fork server has.
struct BrokenProcessPool : Error {
    using Error::Error;
};

namespace detail {

/// Runs a written job: reads the callable and its arguments, writes the result.
using Entry = Bytes (*)(std::span<const std::byte> request);

/// The processes of one pool, as their threads see them.
class Processes {
public:
    explicit Processes(std::size_t count);

    /// On a worker's thread: has its process run `entry`. Throws: Error with the text of the job's
    /// error; BrokenProcessPool.
    Bytes call(Entry entry, const Bytes& request);
    void refuse_if_broken() const; ///< Throws: BrokenProcessPool after a worker has died.

private:
    std::vector<WorkerPipe> by_worker_; ///< used by its thread alone; closed, its process ends
    std::atomic<bool> broken_ = false;
};

template <class R, class F, class... Arguments>
Bytes run_written(std::span<const std::byte> request) {
    auto f = Wire<F>::read(request);
    std::tuple<Arguments...> arguments{Wire<Arguments>::read(request)...}; // braces: left to right
    Bytes result;
    if constexpr (std::is_void_v<R>) {
        std::apply(f, std::move(arguments));
    } else {
        Wire<R>::write(result, std::apply(f, std::move(arguments)));
    }
    return result;
}

} // namespace detail

/// Processes that run what must not share memory, or what may crash: see
/// EventLoop::run_in_executor().
///
/// Jobs are function pointers, lambdas and other callables that are trivially copyable; arguments
/// and results are trivially copyable, std::string, or std::vector of such. A lambda that captures
/// a reference compiles, and finds the copy of the memory. Only the result comes back: a change of
/// a global does not, and lines that a job says go to standard output, not into the transcript. An
/// error comes back as an Error with its text.
///
/// When a worker dies, its job, those that wait, and later ones get BrokenProcessPool; jobs of the
/// other workers go on. See: concurrent.futures.ProcessPoolExecutor.
class ProcessPool {
public:
    /// Forks the fork server, if there is none yet. Throws: Error if `workers` is 0, or if threads
    /// run already that are not the runtime's: make the first pool before you start threads.
    /// std::system_error.
    explicit ProcessPool(std::size_t workers);

    /// As ThreadPool::shutdown(): jobs that wait still run, unless `cancel_futures`. The processes
    /// end when the last job has, and the pool is gone.
    void shutdown(bool wait = true, bool cancel_futures = false) {
        threads_.shutdown(wait, cancel_futures);
    }

    // For run_in_executor(): the call as its job makes it, written down now, and where jobs go.
    template <class R, class F, class... Arguments> auto bind(F f, Arguments... arguments) {
        detail::Bytes request;
        detail::Wire<F>::write(request, f);
        (detail::Wire<Arguments>::write(request, arguments), ...);
        return [processes = processes_, request = std::move(request)]() -> R {
            const detail::Bytes reply =
                processes->call(&detail::run_written<R, F, Arguments...>, request);
            if constexpr (!std::is_void_v<R>) {
                std::span<const std::byte> rest(reply);
                return detail::Wire<R>::read(rest);
            }
        };
    }
    const std::shared_ptr<detail::PoolState>& state() const {
        processes_->refuse_if_broken();
        return threads_.state();
    }

private:
    std::shared_ptr<detail::Processes> processes_;
    ThreadPool threads_; ///< one for each process
};

} // namespace aio
