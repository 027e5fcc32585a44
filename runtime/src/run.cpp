// run.cpp: what run() does before and after main.
#include "aio/run.hpp"

namespace aio {
namespace {

/// Cancels what is left, waits until it has ended, and reports its errors.
void end_tasks(EventLoop& loop) {
    std::vector<AnyTask> left;
    for (detail::TaskBase* task : detail::TaskBase::pending(loop)) {
        left.emplace_back(*task);
    }
    for (const AnyTask& task : left) {
        task.cancel();
    }
    if (!left.empty()) {
        const Future<void> all_ended = loop.create_future<void>();
        std::size_t running = left.size();
        for (const AnyTask& task : left) {
            task.ref()->add_callback([&running, all_ended] {
                if (--running == 0) {
                    all_ended.set_result();
                }
            });
        }
        loop.run_until_complete(all_ended);
        for (const AnyTask& task : left) {
            if (task.ref()->status == detail::FutureStatus::failed) {
                loop.call_exception_handler(
                    {"a task failed while run() was ending", task.ref()->error_or_cancelled()});
            }
        }
    }
}

} // namespace

void detail::refuse_nested_run() {
    if (running_loop_or_null() != nullptr) {
        warn("nested_run", "run() cannot be called from a running event loop");
        throw Error("run() cannot be called from a running event loop");
    }
}

void detail::shut_down(EventLoop& loop) {
    end_tasks(loop);
    // Four turns more, for callbacks that the end of the tasks has queued, and what those queue: as
    // many as asyncio.run takes to shut down its async generators, and then its executor.
    const bool has_pool = Executors::of(loop).pool != nullptr;
    for (int i = 0; i < (has_pool ? 1 : 2); ++i) {
        loop.call_soon([&loop] { loop.call_soon([&loop] { loop.stop(); }); });
        loop.run_forever();
    }
    if (has_pool) {
        loop.run_until_complete(loop.shutdown_default_executor(5min));
    }
    loop.close();
}

Runner::Runner(RunOptions options) {
    detail::refuse_nested_run();
    loop_.set_debug(options.debug);
}

Runner::~Runner() {
    try {
        close();
    } catch (const std::exception& error) {
        warn("shutdown", std::string("a loop could not be closed in order: ") + error.what());
    } catch (...) {
        warn("shutdown", "a loop could not be closed in order");
    }
}

void Runner::turn_until_done(detail::FutureBase& main) {
    const auto stopper = main.add_callback([this] { loop_.stop(); });
    try {
        loop_.run_forever();
    } catch (const DeadlockError&) {
        stuck_ = true;
        throw;
    } catch (const RunawayError&) {
        stuck_ = true;
        throw;
    }
    if (!main.done()) {
        main.remove_callback(stopper);
        throw Error("event loop stopped before future completed");
    }
}

void Runner::close() {
    if (loop_.is_closed()) {
        return;
    }
    if (stuck_) {
        loop_.close();
    } else {
        detail::shut_down(loop_);
    }
}

} // namespace aio
