// task.cpp: the steps of a task, from the ready queue to the next await that has to wait.
#include "aio/task.hpp"

#include <algorithm>

namespace aio {
namespace detail {
namespace {

thread_local TaskBase* current_here = nullptr;

} // namespace

void PromiseBase::trace_new() const { AIO_TRACE("coro.new", {{"fn", short_name()}}); }

void PromiseBase::was_never_awaited() const {
    warn("never_awaited", "coroutine '" + short_name() + "' was never awaited");
}

std::exception_ptr PromiseBase::missing() const {
    return std::make_exception_ptr(
        Error("coroutine '" + short_name() + "' ended without co_return"));
}

void PromiseBase::unhandled_exception() noexcept { error = std::current_exception(); }

std::string PromiseBase::short_name() const {
    // "Coro<> lesson::greet(std::string, ms) [with T = int]" -> "greet"
    std::string_view text = function;
    if (text.find("lambda") != text.npos || text.find("anonymous class") != text.npos) {
        return "lambda";
    }
    constexpr std::string_view nameless = "(anonymous namespace)::"; // clang's spelling
    auto bracket = text.find('(');
    while (bracket != text.npos && text.substr(bracket).starts_with(nameless)) {
        text.remove_prefix(bracket + nameless.size());
        bracket = text.find('(');
    }
    text = text.substr(0, bracket);
    const auto before = text.find_last_of(" :");
    return std::string(before == text.npos ? text : text.substr(before + 1));
}

void FinalStop::ended(PromiseBase& promise) noexcept { promise.task->return_to_caller(promise); }

TaskBase::TaskBase(FutureBase& future, EventLoop& loop, std::string&& name)
    : result(future), loop_(&loop) {
    static constexpr TaskHooks hooks{&abandon_all, &who_waits};
    loop.task_hooks_ = &hooks;
    if (name.empty()) {
        number_ = ++loop.last_task_number_;
    } else {
        name_ = std::make_unique<std::string>(std::move(name));
    }
    older_ = std::exchange(loop.tasks_, this);
    if (older_ != nullptr) {
        older_->newer_ = this;
    }
}

const std::string& TaskBase::given_name() const {
    if (name_ == nullptr) {
        name_ = std::make_unique<std::string>("Task-" + std::to_string(number_));
    }
    return *name_;
}

TaskBase::~TaskBase() {
    leave_list();
    if (root_) {
        root_.destroy();
    }
}

void TaskBase::start(std::coroutine_handle<> root, PromiseBase& promise) {
    root_ = next_ = root;
    promise.task = this;
    innermost_ = &promise;
    self_ = Ref(&result);
    announce();
    queue_step(*loop_, "task_step");
}

void TaskBase::announce() {
    AIO_TRACE("task.new",
              {{"task", result.id}, {"name", given_name()}, {"fn", innermost_->short_name()}});
    if (loop_->on_task_) {
        loop_->on_task_(AnyTask(*this));
    }
}

void TaskBase::queue_step(EventLoop& loop, const char* kind) {
    loop.add_ready([this] { step(); }, kind); // the task lives until it is done: self_
}

void TaskBase::future_done(FutureBase& /*future*/, EventLoop& loop) { queue_step(loop, "wakeup"); }

void TaskBase::suspend_on(std::coroutine_handle<> leaf, FutureBase& future) {
    if (future.loop_id() != result.loop_id()) {
        refusal_ = "a task cannot await a future that is attached to a different loop";
    } else if (&future == &result) {
        refusal_ = "a task cannot await itself";
    }
    if (refusal_ != nullptr) { // on the next turn, as asyncio does: a cancel may come first
        suspend_for_a_turn(leaf);
        return;
    }
    AIO_TRACE("coro.suspend", {{"task", result.id}, {"on", future.name()}});
    next_ = leaf;
    waits_on_ = &future;
    future.add_listener(*this);
}

void TaskBase::suspend_for_a_turn(std::coroutine_handle<> leaf) {
    AIO_TRACE("coro.suspend", {{"task", result.id}, {"on", "a turn"}});
    next_ = leaf;
    // The same as *loop_, but a processor knows it without waiting for this task's memory.
    queue_step(*running_loop_or_null(), "task_step");
}

void TaskBase::throw_what_is_due(FutureBase* awaited) {
    const char* const refusal = std::exchange(refusal_, nullptr);
    if (std::exchange(inject_, false) && (awaited == nullptr || !awaited->ended_by_cancel())) {
        if (awaited != nullptr) {
            awaited->retrieved = true;
        }
        AIO_TRACE("task.cancel_delivered", {{"task", result.id}});
        throw CancelledError(result.cancel_message());
    }
    if (refusal != nullptr) {
        throw Error(refusal);
    }
}

bool TaskBase::request_cancel(std::string message) {
    if (result.done()) {
        return result.FutureBase::cancel({});
    }
    ++cancel_requests;
    AIO_TRACE("task.cancel", {{"task", result.id}});
    if (asking_) {
        return false; // tasks that wait for each other in a circle: the request has come round
    }
    asking_ = true;
    const bool accepted = waits_on_ != nullptr && waits_on_->cancel(message);
    asking_ = false;
    if (accepted) {
        return true; // CancelledError comes with the end of what it waits for
    }
    must_cancel_ = true;
    result.set_cancel_message(std::move(message));
    return true;
}

void TaskBase::step() {
    waits_on_ = nullptr;
    inject_ = std::exchange(must_cancel_, false);
    AIO_TRACE("task.begin", {{"task", result.id}});
    if (!std::exchange(started_, true) && inject_) {
        end(); // cancelled before its first step: its body never runs (R10)
        return;
    }
    TaskBase* const outer = std::exchange(current_here, this);
    do { // the trampoline: each coroutine returns here and says who goes on
        goes_on_ = false;
        next_.resume();
    } while (goes_on_);
    current_here = outer;
    AIO_TRACE("task.end", {{"task", result.id}});
    if (root_.done()) {
        end();
    } else if (must_cancel_ && waits_on_ != nullptr) [[unlikely]] {
        cancel_what_it_waits_for();
    }
}

// It cancelled itself, and then waited.
[[gnu::noinline]] void TaskBase::cancel_what_it_waits_for() {
    must_cancel_ = !waits_on_->cancel(result.cancel_message());
}

void TaskBase::end() {
    if (root_.done()) {
        finish();
    } else {
        result.error = std::make_exception_ptr(CancelledError(result.cancel_message()));
    }
    FutureStatus status = FutureStatus::finished;
    if (result.error != nullptr || must_cancel_) [[unlikely]] {
        status = how_it_failed();
    }
    std::exchange(root_, nullptr).destroy();
    leave_list();
    const Ref self = std::exchange(self_, {});
    AIO_TRACE("task.done", {{"task", result.id},
                            {"outcome", status == FutureStatus::finished ? "ok"
                                        : status == FutureStatus::failed ? "error"
                                                                         : "cancelled"}});
    result.complete(status);
    if (result.error != nullptr && holds<SystemExit>(result.error)) {
        std::rethrow_exception(result.error); // out of the loop
    }
}

FutureStatus TaskBase::how_it_failed() {
    if (result.error == nullptr) {
        return FutureStatus::cancelled; // it returned while a request was due
    }
    if (!holds<CancelledError>(result.error)) {
        return FutureStatus::failed; // the error stays in the future until somebody asks
    }
    result.set_cancel_message({}); // who asks first gets this very one
    return FutureStatus::cancelled;
}

void TaskBase::leave_list() noexcept {
    if (!std::exchange(listed_, false)) {
        return;
    }
    (newer_ != nullptr ? newer_->older_ : loop_->tasks_) = older_;
    if (older_ != nullptr) {
        older_->newer_ = newer_;
    }
    newer_ = older_ = nullptr;
}

std::vector<TaskBase*> TaskBase::pending(const EventLoop& loop) {
    std::vector<TaskBase*> tasks;
    for (TaskBase* task = loop.tasks_; task != nullptr; task = task->older_) {
        tasks.push_back(task);
    }
    std::reverse(tasks.begin(), tasks.end());
    return tasks;
}

void TaskBase::abandon_all(EventLoop& loop) {
    std::vector<std::pair<TaskBase*, Ref<FutureBase>>> tasks; // kept: dropping one may drop others
    for (TaskBase* task : pending(loop)) {
        tasks.emplace_back(task, Ref(&task->result));
    }
    for (const auto& [task, keep] : tasks) {
        warn("pending_destroyed",
             "task '" + task->given_name() + "' was destroyed but it is pending");
        if (task->waits_on_ != nullptr) { // also one that is done: a closed loop tells nobody, so
            task->waits_on_->remove_listener(*task); // the task may be in its list still
        }
        task->leave_list();
        task->self_ = {};
        if (task->root_) {
            std::exchange(task->root_, nullptr).destroy();
        }
    }
}

std::string TaskBase::who_waits(EventLoop& loop) {
    std::string text;
    for (const TaskBase* task : pending(loop)) {
        if (task->waits_on_ != nullptr) {
            text += "; task '" + task->given_name() + "' waits for " + task->waits_on_->name();
        }
    }
    return text;
}

std::vector<std::string> TaskBase::stack() const {
    std::vector<std::string> functions;
    for (const PromiseBase* p = root_ ? innermost_ : nullptr; p != nullptr; p = p->caller) {
        functions.push_back(p->short_name());
    }
    std::reverse(functions.begin(), functions.end());
    return functions;
}

TaskBase* TaskBase::current() noexcept { return current_here; }

} // namespace detail

std::vector<std::string> AnyTask::stack() const { return task_->stack(); }

AnyTask current_task() {
    if (detail::current_here == nullptr) {
        throw Error("no task is running");
    }
    return AnyTask(*detail::current_here);
}

std::vector<AnyTask> all_tasks() {
    std::vector<AnyTask> tasks;
    for (detail::TaskBase* task : detail::TaskBase::pending(get_running_loop())) {
        tasks.emplace_back(*task);
    }
    return tasks;
}

void EventLoop::set_task_hook(std::function<void(const AnyTask&)> hook) {
    on_task_ = std::move(hook);
}

} // namespace aio
