// run.cpp: what run() does before and after main.
#include "aio/run.hpp"

namespace aio::detail {
namespace {

Coro<> end_of(std::vector<AnyTask> tasks) {
    for (const AnyTask& task : tasks) {
        while (!task.done()) {
            try {
                co_await task;
            } catch (...) { // its error is looked at below
            }
        }
    }
}

} // namespace

void refuse_nested_run() {
    if (running_loop_or_null() != nullptr) {
        warn("nested_run", "run() cannot be called from a running event loop");
        throw Error("run() cannot be called from a running event loop");
    }
}

void shut_down(EventLoop& loop) {
    std::vector<AnyTask> left;
    for (TaskBase* task : TaskBase::pending(loop)) {
        left.emplace_back(*task);
    }
    for (const AnyTask& task : left) {
        task.cancel();
    }
    if (!left.empty()) {
        loop.run_until_complete(end_of(left));
        for (const AnyTask& task : left) {
            if (task.ref()->status == FutureStatus::failed) {
                loop.call_exception_handler(
                    {"a task failed while run() was ending", task.ref()->error_or_cancelled()});
            }
        }
    }
    // Two turns more, for callbacks that the end of the tasks has queued, and what those queue.
    loop.call_soon([&loop] { loop.call_soon([&loop] { loop.stop(); }); });
    loop.run_forever();
    loop.close();
}

} // namespace aio::detail
