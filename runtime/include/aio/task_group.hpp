// task_group.hpp: tasks that end before the block that made them does.
//
// A task that outlives its maker has nobody to report to. A group waits for its children; when one
// fails, the others are cancelled, and all errors leave the group together.
//
// Floor 6.
#pragma once

#include "aio/task.hpp"

#include <vector>

namespace aio {

/// The children of one block. Only TaskGroup::run() makes one.
class TaskGroup {
public:
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;

    /// Makes a child. Throws: Error if the group is ending with an error, or over.
    template <class T> Task<T> create_task(Coro<T> coro, std::string name = {}) {
        refuse_if_over();
        Task<T> task = aio::create_task(std::move(coro), std::move(name));
        adopt(task.ref());
        return task;
    }

    /// Runs `body(group)` and waits for the children, in the calling task. `body` may capture: the
    /// group keeps it alive as long as it runs. Throws: ExceptionGroup with the errors in order of
    /// their happening, the body's own last; CancelledError if the calling task was cancelled from
    /// outside; SystemExit as itself, unwrapped. See: asyncio.TaskGroup.
    template <class Body> static Coro<> run(Body body) {
        TaskGroup group;
        std::exception_ptr error;
        try {
            co_await body(group);
        } catch (...) {
            error = std::current_exception();
        }
        co_await group.finish(error);
    }

private:
    TaskGroup();
    void refuse_if_over() const;
    void adopt(detail::Ref<detail::FutureBase> child);
    void child_done(detail::FutureBase& child);
    void abort();
    Coro<> finish(std::exception_ptr body_error);

    AnyTask parent_;
    std::vector<detail::Ref<detail::FutureBase>>
        children_; ///< that have not ended, in order of creation
    std::vector<std::exception_ptr> errors_;
    std::exception_ptr exit_; ///< the first SystemExit
    Future<void> all_ended_;
    bool aborting_ = false;
    bool body_ended_ = false;
    bool cancelled_parent_ = false;
};

} // namespace aio
