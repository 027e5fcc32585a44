// js_interpreter.hpp: the interpreter of JavaScript scenarios: one object per run.
#pragma once

#include "js_value.hpp"

#include <aio/aio.hpp>

#include <coroutine>
#include <functional>

namespace conformance::js {

using Promise = aio::js::Promise<Value>;
using Resolution = aio::js::Resolution<Value>;
using Resolve = aio::js::Resolve<Value>;
using aio::js::Reject;

/// How a list of steps ended.
struct Outcome {
    enum class Kind { normal, returned, broke, continued } kind = Kind::normal;
    Resolution value{}; ///< undefined, unless returned
    bool normal() const noexcept { return kind == Kind::normal; }
    bool is(Kind k) const noexcept { return kind == k; }
};

/// The resolve and reject of the surrounding `new` or `thenable`.
struct Control {
    Resolve resolve;
    Reject reject;
};

/// A body of an async function: a generator of what it awaits, with inner generators for the blocks
/// inside it. Running an inner block costs no turn, so it cannot be a js::Promise itself.
class Body {
public:
    /// The generators of one function, of which the innermost runs.
    struct Thread {
        std::coroutine_handle<> innermost;
        std::optional<Resolution> awaited; ///< what the function waits for now
        Value value;                       ///< what came of it ...
        std::exception_ptr error;          ///< ... or this
    };
    struct promise_type {
        Thread* thread = nullptr;
        std::coroutine_handle<> outer;
        Outcome outcome;
        std::exception_ptr error;

        Body get_return_object() { return Body(Handle::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept {
            thread->innermost = outer; // null: the function has ended
            return {};
        }
        void unhandled_exception() { error = std::current_exception(); }
        void return_value(Outcome end) { outcome = std::move(end); }
        auto yield_value(Resolution with);
    };
    using Handle = std::coroutine_handle<promise_type>;

    explicit Body(Handle handle) noexcept : handle_(handle) {}
    Body(Body&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Body& operator=(Body&&) = delete;
    ~Body() {
        if (handle_) {
            handle_.destroy();
        }
    }

    void start(Thread& thread, std::coroutine_handle<> outer) {
        handle_.promise().thread = &thread;
        handle_.promise().outer = outer;
        thread.innermost = handle_;
    }
    Outcome take() {
        if (handle_.promise().error) {
            std::rethrow_exception(handle_.promise().error);
        }
        return std::move(handle_.promise().outcome);
    }

    // co_await of an inner body, inside a body.
    bool await_ready() const noexcept { return false; }
    void await_suspend(Handle outer) { start(*outer.promise().thread, outer); }
    Outcome await_resume() { return take(); }

private:
    Handle handle_;
};

/// Awaiting at the place of the `await` step: the function's driver does it.
struct AwaitedValue {
    Body::Thread& thread;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    Value await_resume() const {
        if (auto error = std::exchange(thread.error, nullptr)) {
            std::rethrow_exception(error);
        }
        return std::move(thread.value);
    }
};

inline auto Body::promise_type::yield_value(Resolution with) {
    thread->awaited.emplace(std::move(with));
    return AwaitedValue{*thread};
}

/// Runs one scenario.
class Interpreter {
public:
    explicit Interpreter(const Json& scenario);
    std::string run();

private:
    using Function = std::function<void()>;
    struct Timer {
        aio::js::TimerId id;
        bool repeats;
    };
    using Name = std::variant<Timer, Resolution, Promise::Deferred>;
    using Reaction = std::function<Resolution(const Value&)>;

    // js_scenario.cpp: the trace, and what begins a task
    void log(const std::string& label);
    void finish(const std::string& label);
    Function as_task(Function callback);
    Timer add_timer(std::int64_t delay, Function callback, bool repeats);
    void report(const aio::ErrorContext& context);
    void remember_bad(const std::exception_ptr& error);

    // js_expressions.cpp: promise expressions, names, callbacks
    Resolution expression(const Json& json, const ScopePtr& scope);
    Resolution own_steps(const Json& json, const ScopePtr& scope);
    Promise combination(const Json& json, const ScopePtr& scope);
    Promise delay(const Json& json, const ScopePtr& scope);
    Promise promise(const Json& json, const ScopePtr& scope);
    Promise call(const Json& function, const Json& step, const ScopePtr& scope);
    Name& named(const Json& name, const ScopePtr& scope);
    void keep(const Json& step, const ScopePtr& scope, Name what);
    Function callback(const Json& step, const ScopePtr& scope);
    Reaction reaction(const Json& steps, const ScopePtr& scope);
    Promise then(const Json& step, const ScopePtr& scope);

    // js_steps.cpp: steps that do not wait
    Outcome run_steps(const Json& steps, const ScopePtr& scope, const Control* control = nullptr);
    Outcome run_step(const Json& step, const ScopePtr& scope, const Control* control);
    std::optional<Outcome> control_step(const std::string& op, const Json& step,
                                        const ScopePtr& scope, const Control* control);
    bool data_step(const std::string& op, const Json& step, const ScopePtr& scope);
    bool queue_step(const std::string& op, const Json& step, const ScopePtr& scope);
    bool promise_step(const std::string& op, const Json& step, const ScopePtr& scope,
                      const Control* control);
    Outcome run_repeat(const Json& step, const ScopePtr& scope, const Control* control);
    Outcome run_try(const Json& step, const ScopePtr& scope, const Control* control);
    const Json& branch(const Json& step, Scope& scope);
    Resolution given(const Json& step, const char* key, const ScopePtr& scope);
    Control control_of(const Json& step, const ScopePtr& scope, const Control* control);

    // js_async.cpp: bodies of async functions
    Promise drive(Body body);
    Body run_body(const Json& steps, ScopePtr scope);
    Body run_async_repeat(const Json& step, ScopePtr scope);
    Body run_async_try(const Json& step, ScopePtr scope);

    const Json& scenario_;
    std::string lines_;
    int line_count_ = 0;
    int tasks_ = 0;
    std::int64_t now_ = 0; ///< ms; the time of the task that runs, plus what it blocked
    bool dead_ = false;    ///< the trace is complete: nothing runs any more
    std::exception_ptr bad_;
    ScopePtr top_;
    std::map<std::string, Name, std::less<>> names_;
    aio::VirtualClock clock_;
    aio::EventLoop loop_; ///< the last member: what it drops at its end may ask the others
};

} // namespace conformance::js
