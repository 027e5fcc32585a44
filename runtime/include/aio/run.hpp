// run.hpp: a whole program: a loop is made, main runs, what is left is cancelled, the loop is
// closed.
//
// Floor 9.
#pragma once

#include "aio/executor.hpp"
#include "aio/gather.hpp"

namespace aio {

/// How run() runs.
struct RunOptions {
    bool debug = false; ///< report callbacks that hold the loop for 100 ms or more
};

namespace detail {
/// Throws: Error if a loop runs on this thread.
void refuse_nested_run();
/// Cancels the tasks that are left, waits until they have ended, reports their errors, lets the
/// default executor end, and closes the loop (R11).
void shut_down(EventLoop& loop);
} // namespace detail

/// Runs `main` as a task of a new loop, and everything that it starts.
///
/// When main has ended, tasks that are left are cancelled and may clean up; then the loop is closed
/// (R11). Returns: main's result. Throws: main's error; Error inside a running loop; DeadlockError
/// on a virtual clock when nothing can happen any more (nothing is cleaned up then);
/// KeyboardInterrupt if SIGINT (Ctrl-C) has cancelled main, and nobody else. That needs the
/// program's first thread, and that nobody has said what SIGINT is to do; a second one ends the
/// program, also one that does not turn any more. See: asyncio.run.
template <class T> T run(Coro<T> main, RunOptions options = {});

/// A loop for several programs one after another. run() is the same for one.
///
/// See: asyncio.Runner.
class Runner {
public:
    /// Throws: Error inside a running loop.
    explicit Runner(RunOptions options = {});
    ~Runner(); ///< closes; an error of that is reported to warn().
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    /// Runs `main` as a task named "main" and returns its result; other tasks stay for the next
    /// call. Throws: main's error; Error if somebody stops the loop before; DeadlockError when
    /// nothing can happen any more (nothing is cleaned up then); KeyboardInterrupt as aio::run().
    template <class T> T run(Coro<T> main) {
        const Task<T> task = loop_.create_task(std::move(main), "main");
        turn_until_done(*task.ref());
        return result_of(task);
    }

    /// Cancels the tasks that are left, waits until they have ended, reports their errors (R11),
    /// and closes the loop. Closing twice is fine.
    void close();

    EventLoop& get_loop() noexcept { return loop_; }

private:
    template <class T> friend T aio::run(Coro<T> main, RunOptions options);

    void turn_until_done(detail::FutureBase& main);
    template <class T> T result_of(const Task<T>& main) {
        if (interrupted_ && main.cancelled() && main.uncancel() == 0) {
            throw KeyboardInterrupt();
        }
        return main.result();
    }

    EventLoop loop_;
    std::optional<Place> place_; ///< run()'s: others' turns do not come between its stretches
    bool stuck_ = false;         ///< a deadlock, runaway or failed close: no more turns
    bool interrupted_ = false;   ///< SIGINT came while the last main ran
};

template <class T> T run(Coro<T> main, RunOptions options) {
    Runner runner(options);
    runner.place_.emplace(runner.loop_.clock(), runner.loop_.id());
    const Task<T> task = runner.loop_.create_task(std::move(main), "main");
    runner.turn_until_done(*task.ref());
    runner.close();
    return runner.result_of(task);
}

} // namespace aio
