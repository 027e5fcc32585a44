// run.hpp: a whole program: a loop is made, main runs, what is left is cancelled, the loop is
// closed.
//
// Floor 9.
#pragma once

#include "aio/gather.hpp"

namespace aio {

/// How run() runs.
struct RunOptions {
    bool debug = false; ///< report callbacks that hold the loop for 100 ms or more
};

namespace detail {
void refuse_nested_run();
/// Cancels the tasks that are left, waits until they have ended, reports their errors (R11).
void shut_down(EventLoop& loop);
} // namespace detail

/// Runs `main` as a task of a new loop, and everything that it starts.
///
/// When main has ended, tasks that are left are cancelled and may clean up; then the loop is closed
/// (R11). Returns: main's result. Throws: main's error; Error inside a running loop; DeadlockError
/// on a virtual clock when nothing can happen any more (nothing is cleaned up then). See:
/// asyncio.run.
template <class T> T run(Coro<T> main, RunOptions options = {}) {
    detail::refuse_nested_run();
    EventLoop loop;
    loop.set_debug(options.debug);
    const Future<T> result = loop.create_task(std::move(main), "main");
    try {
        static_cast<void>(loop.run_until_complete(result), 0);
    } catch (const DeadlockError&) {
        throw;
    } catch (const RunawayError&) {
        throw;
    } catch (...) {
        detail::shut_down(loop);
        throw;
    }
    detail::shut_down(loop);
    return result.result();
}

} // namespace aio
