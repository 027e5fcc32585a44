// task.hpp: a coroutine that the loop runs, step by step, and the future of its result.
//
// A step begins in the ready queue and ends where the coroutine waits for something that is not
// done. A task waits for one future at a time, so it is itself the one listener that it needs: an
// await allocates nothing.
//
// Floor 5.
#pragma once

#include "aio/coro.hpp"

#include <string>
#include <vector>

namespace aio {

namespace detail {

/// What all tasks share.
///
/// Invariant: a task that is not done is in its loop's list and owns a reference to itself.
class TaskBase : public Listener {
public:
    TaskBase(FutureBase& result, EventLoop& loop, std::string&& name);
    TaskBase(const TaskBase&) = delete;
    TaskBase& operator=(const TaskBase&) = delete;
    ~TaskBase() override;

    /// Puts the first step into the ready queue (R2).
    void start(std::coroutine_handle<> root, PromiseBase& promise);
    bool request_cancel(std::string message);

    /// Called by awaiters: the running step ends here, and the task goes on at `leaf` when it is
    /// woken.
    void suspend_on(std::coroutine_handle<> leaf, FutureBase& future);
    void suspend_for_a_turn(std::coroutine_handle<> leaf);
    /// Called by awaiters: the trampoline resumes `callee` next.
    void call(std::coroutine_handle<> callee, PromiseBase* promise) noexcept {
        next_ = callee;
        goes_on_ = static_cast<bool>(callee);
        innermost_ = promise;
    }
    /// Called by awaiters: runs `callee`, which begins, until it ends or waits. Returns: whether it
    /// has ended, so that its caller goes on at once.
    bool run_callee(std::coroutine_handle<> callee, PromiseBase& promise) noexcept {
        if (depth_ == deepest) [[unlikely]] {
            call(callee, &promise);
            return false;
        }
        ++depth_;
        innermost_ = &promise;
        promise.on_stack = true;
        callee.resume();
        promise.on_stack = false;
        --depth_;
        return callee.done();
    }
    /// Called by a coroutine that has ended: its awaiter goes on.
    void return_to_caller(PromiseBase& promise) noexcept {
        if (promise.on_stack) {
            innermost_ = promise.caller;
        } else {
            call(promise.awaiter, promise.caller);
        }
    }
    /// Called by awaiters that go on. Throws: CancelledError if cancel() was called meanwhile; if
    /// what was `awaited` ended so as well, its own is left to be thrown.
    void throw_if_cancelled(FutureBase* awaited = nullptr) {
        if (inject_ || refusal_ != nullptr) [[unlikely]] {
            throw_what_is_due(awaited);
        }
    }

    /// Returns: the functions that wait for each other in this task, the outermost first.
    std::vector<std::string> stack() const;

    static void abandon_all(EventLoop& loop);
    static std::string who_waits(EventLoop& loop);
    static TaskBase* current() noexcept;
    static std::vector<TaskBase*> pending(const EventLoop& loop); ///< in order of creation

    const std::string& given_name()
        const; ///< "Task-7" for one without, written when it is asked for

    FutureBase& result; ///< the same object as this task, seen as a future
    int cancel_requests = 0;

protected:
    virtual void finish() = 0; ///< moves the coroutine's outcome into the future
    std::coroutine_handle<> root_ = nullptr;

private:
    void future_done(FutureBase& future, EventLoop& loop) override;
    void throw_what_is_due(FutureBase* awaited);
    void announce();
    void queue_step(EventLoop& loop, const char* kind);
    void step();
    void cancel_what_it_waits_for();
    void end();
    FutureStatus how_it_failed();
    void leave_list() noexcept;

    mutable std::unique_ptr<std::string> name_;
    std::uint64_t number_ = 0; ///< among those without a name
    EventLoop* loop_;
    std::coroutine_handle<> next_ = nullptr; ///< where the task goes on
    PromiseBase* innermost_ = nullptr;       ///< of the coroutine that runs, or waits
    FutureBase* waits_on_ = nullptr;         ///< kept alive by the awaiter in the coroutine
    Ref<FutureBase> self_;                   ///< a task that is not done needs no other owner
    TaskBase* newer_ = nullptr;
    TaskBase* older_ = nullptr;
    static constexpr std::uint8_t deepest = 32;
    std::uint8_t depth_ = 0; ///< calls on the processor's stack
    bool goes_on_ = false;   ///< at `next_`, in this very step
    bool listed_ = true;
    bool started_ = false;
    bool asking_ = false;           ///< a cancel is being handed on to what it waits for
    bool must_cancel_ = false;      ///< CancelledError is due at the next step
    bool inject_ = false;           ///< ... which is this one
    const char* refusal_ = nullptr; ///< the text of an Error that is due at the next step
};

template <class T> class TaskState final : public FutureState<T>, public TaskBase {
public:
    TaskState(EventLoop& loop, std::string&& task_name)
        : FutureState<T>(loop, "task"),
          TaskBase(static_cast<FutureBase&>(*this), loop, std::move(task_name)) {}

    void run(Coro<T> coro) {
        const auto root = coro.release();
        start(root, root.promise());
    }
    bool cancel(std::string message) override { return request_cancel(std::move(message)); }
    std::string name() const override { return "task '" + given_name() + "'"; }

private:
    void finish() override {
        auto& promise = std::coroutine_handle<Promise<T>>::from_address(root_.address()).promise();
        if (promise.error) {
            this->error = promise.error;
        } else if constexpr (std::is_void_v<T>) {
            this->value.emplace();
        } else if (promise.value) {
            this->value = std::move(promise.value);
        } else {
            this->error = promise.missing();
        }
    }
};

/// Awaiting a coroutine: run it now, in this task, and go on when it has ended.
template <class T> struct CoroAwaiter {
    std::coroutine_handle<Promise<T>> child;

    explicit CoroAwaiter(Coro<T>&& coro) : child(coro.release()) {}
    CoroAwaiter(CoroAwaiter&&) = delete;
    ~CoroAwaiter() { child.destroy(); }
    bool await_ready() const noexcept { return false; }
    template <class P> bool await_suspend(std::coroutine_handle<P> self) noexcept {
        child.promise().task = self.promise().task;
        child.promise().awaiter = self;
        child.promise().caller = &self.promise();
        return !self.promise().task->run_callee(child, child.promise());
    }
    T await_resume() { return child.promise().take(); }
};

/// Awaiting a future or task: go on at once if it is done, else through the ready queue (R3, R4).
template <class State> struct Awaiter {
    Ref<State> future;
    TaskBase* suspended = nullptr;

    bool await_ready() const noexcept { return future->done(); }
    template <class P> void await_suspend(std::coroutine_handle<P> self) {
        suspended = self.promise().task;
        suspended->suspend_on(self, *future);
    }
    void throw_if_cancelled() {
        if (suspended != nullptr) {
            suspended->throw_if_cancelled(future.get());
        }
    }
};

template <class T> struct FutureAwaiter : Awaiter<FutureState<T>> {
    T await_resume() {
        this->throw_if_cancelled();
        return this->future->take();
    }
};

struct AnyAwaiter : Awaiter<FutureBase> { // awaits a task for its end alone; its error is thrown
    void await_resume() {
        throw_if_cancelled();
        future->throw_unless_finished();
    }
};

/// A suspension that only lets the others run: the task goes to the back of the ready queue.
struct Yield {
    static constexpr bool is_awaiter = true;
    TaskBase* suspended = nullptr;

    bool await_ready() const noexcept { return false; }
    template <class P> void await_suspend(std::coroutine_handle<P> self) {
        suspended = self.promise().task;
        suspended->suspend_for_a_turn(self);
    }
    void await_resume() const { suspended->throw_if_cancelled(); }
};

template <class T> CoroAwaiter<T> AwaitTransform::await_transform(Coro<T>&& coro) {
    return CoroAwaiter<T>(std::move(coro));
}
template <class T> CoroAwaiter<T> AwaitTransform::await_transform(Coro<T>& coro) {
    return CoroAwaiter<T>(std::move(coro));
}
template <class T> FutureAwaiter<T> AwaitTransform::await_transform(const Future<T>& future) {
    AIO_EXPECTS(future);
    return {{future.ref()}};
}

} // namespace detail

/// A running coroutine, and the future of its result. Dropping every handle does not stop it.
///
/// See: asyncio.Task. (Python keeps only a weak reference to a running task; this loop keeps a
/// strong one.)
template <class T> class Task : public Future<T> {
public:
    Task() noexcept = default;
    explicit Task(const detail::Ref<detail::TaskState<T>>& state) noexcept
        : Future<T>(detail::Ref<detail::FutureState<T>>(state)), task_(state.get()) {}

    const std::string& name() const { return task().given_name(); }
    /// Returns: how many cancel() requests the task has had and not taken back.
    int cancelling() const { return task().cancel_requests; }
    /// Takes one request back. Returns: how many are left.
    int uncancel() const { return task().cancel_requests > 0 ? --task().cancel_requests : 0; }
    /// Returns: the names of the functions that wait for each other in this task, the outermost
    /// first; empty once it has ended. See: asyncio.Task.get_stack.
    std::vector<std::string> stack() const { return task().stack(); }

private:
    detail::TaskBase& task() const {
        AIO_EXPECTS(task_ != nullptr);
        return *task_; // the future that this handle holds is the same object
    }
    detail::TaskBase* task_ = nullptr;
};

/// A handle on a task of any type, for those who only need to name, cancel or await it.
class AnyTask {
public:
    explicit AnyTask(detail::TaskBase& task) : task_(&task), future_(&task.result) {}
    const std::string& name() const { return task_->given_name(); }
    bool done() const { return future_->done(); }
    bool cancelled() const { return future_->status == detail::FutureStatus::cancelled; }
    bool cancel(std::string message = {}) const { return future_->cancel(std::move(message)); }
    int cancelling() const { return task_->cancel_requests; }
    int uncancel() const { return task_->cancel_requests > 0 ? --task_->cancel_requests : 0; }
    std::vector<std::string> stack() const;
    const detail::Ref<detail::FutureBase>& ref() const noexcept { return future_; }
    friend bool operator==(const AnyTask& a, const AnyTask& b) noexcept {
        return a.task_ == b.task_;
    }

private:
    detail::TaskBase* task_;
    detail::Ref<detail::FutureBase> future_; ///< the same object: keeps the task alive
};

inline detail::AnyAwaiter detail::AwaitTransform::await_transform(const AnyTask& task) {
    return {{task.ref()}};
}

/// To be awaited: the task goes to the back of the ready queue, and all that is ready runs first.
///
/// What sleep(0s) does, without a coroutine of its own: nearly three times as fast.
inline detail::Yield yield() noexcept { return {}; }

/// Returns: the task whose step runs now on this thread. Throws: Error outside a task.
AnyTask current_task();

/// Returns: the tasks of the running loop that have not ended, in order of creation.
std::vector<AnyTask> all_tasks();

template <class T> Task<T> EventLoop::create_task(Coro<T> coro, std::string name) {
    refuse_if_closed();
    const detail::Ref state(new detail::TaskState<T>(*this, std::move(name)));
    state->run(std::move(coro));
    return Task<T>(state);
}

/// Makes a task of `coro` on the running loop: its first step goes to the back of the ready queue
/// (R2).
///
/// `name`: for reports; "Task-1", "Task-2" … without one. Throws: Error if no loop runs on this
/// thread.
template <class T> Task<T> create_task(Coro<T> coro, std::string name = {}) {
    return get_running_loop().create_task(std::move(coro), std::move(name));
}

template <class T> T EventLoop::run_until_complete(const Future<T>& future) {
    run_until_done(future.state(), false);
    return future.result();
}

template <class T> T EventLoop::run_until_complete(Coro<T> coro) {
    refuse_if_running(); // before a task is made that nobody would run
    const Task<T> task = create_task(std::move(coro));
    run_until_done(task.state(), true);
    return task.result();
}

} // namespace aio
