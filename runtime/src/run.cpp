// run.cpp: what run() does before and after main.
#include "aio/run.hpp"

#include "aio/signals.hpp"

#include <csignal>
#include <thread>

namespace aio {
namespace {

const std::thread::id first_thread = std::this_thread::get_id();

/// Returns: whether SIGINT would end the program, and this thread may see to it that it does not.
bool would_die_of_interrupt() {
    struct sigaction now{};
    ::sigaction(SIGINT, nullptr, &now);
    return now.sa_handler == SIG_DFL && std::this_thread::get_id() == first_thread;
}

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
    // Two turns for its async generators, and two for its executor, even if it has none: as
    // asyncio.run does it, so callbacks that the end of the tasks has queued, and what those queue,
    // still run.
    const auto two_turns = [&loop] {
        loop.call_soon([&loop] { loop.call_soon([&loop] { loop.stop(); }); });
        loop.run_forever();
    };
    if (loop.has_asyncgens()) {
        loop.run_until_complete(loop.shutdown_asyncgens());
    } else {
        two_turns();
    }
    if (Executors::of(loop).pool != nullptr) {
        loop.run_until_complete(loop.shutdown_default_executor(5min));
    } else {
        two_turns();
    }
    loop.close();
}

Runner::Runner(RunOptions options) {
    detail::refuse_nested_run();
    if (options.debug) { // else the environment decides
        loop_.set_debug(true);
    }
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
    interrupted_ = false;
    const auto interrupt = std::make_shared<detail::Signals>(loop_, true);
    loop_.interrupt_ = interrupt;
    if (would_die_of_interrupt()) {
        interrupt->add(SIGINT, [this, &main, &interrupt] {
            interrupted_ = true;
            interrupt->remove(SIGINT); // the next one ends the program
            main.cancel({});
        });
    }
    try {
        loop_.run_until_done(main, false);
    } catch (...) {
        const auto error = std::current_exception();
        stuck_ = stuck_ || holds<DeadlockError>(error) || holds<RunawayError>(error);
        throw;
    }
}

void Runner::close() {
    if (loop_.is_closed()) {
        return;
    }
    if (std::exchange(stuck_, true)) { // if this throws, the destructor only closes
        loop_.close();
    } else {
        detail::shut_down(loop_);
    }
}

} // namespace aio
