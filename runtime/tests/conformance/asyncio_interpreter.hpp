// asyncio_interpreter.hpp: the interpreter of asyncio scenarios: one object per run.
//
// It stands on the public interface of aio and nothing below it: what a scenario shows is what a
// program would see. Bodies are coroutines; the steps of callbacks are plain functions.
#pragma once

#include "asyncio_world.hpp"
#include "value.hpp"

#include <aio/aio.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace conformance {

using Future = aio::Future<Value>;
using Task = aio::Task<Value>;
using aio::Coro;

/// What an awaitable expression gives: something that starts when awaited, or something that runs.
using Awaitable = std::variant<Coro<Value>, Future>;
struct GatherItem { // of a type of ours, so that the overload below is found
    Awaitable it;
};
Future as_future(GatherItem item); ///< Effects: a coroutine becomes a task.

using SharedCoro = std::shared_ptr<Coro<Value>>;      // bound: awaited later, once
using SharedTimeout = std::shared_ptr<aio::Timeout>;  // may be asked when its block is over
using SharedGroup = std::shared_ptr<aio::TaskGroup*>; // null when its block is over
using SharedPool = std::shared_ptr<class Pool>;

/// What a name may stand for.
using Object = std::variant<Future, Task, SharedCoro, aio::Handle, aio::TimerHandle, SharedTimeout,
                            SharedGroup, aio::Event, aio::Lock, aio::Semaphore,
                            aio::BoundedSemaphore, aio::Condition, aio::Queue<Value>,
                            aio::LifoQueue<Value>, aio::PriorityQueue<Value>, SharedPool>;

class Interpreter {
public:
    /// `scenario` lives longer. `ticks`: each line shows the iteration too.
    Interpreter(const Json& scenario, bool ticks);
    ~Interpreter();

    /// Returns: the trace, one event a line. Throws: BadScenario if the scenario itself is wrong.
    std::string run();

private:
    using Block = const Json&; // a step, or a list of steps: part of the scenario
    using PlainStep = Signal (Interpreter::*)(Block step, const ScopePtr& scope);
    using AwaitingStep = Coro<Signal> (Interpreter::*)(Block step, ScopePtr scope);

    // asyncio_scenario.cpp: the run as a whole
    void run_driver();
    void run_main();
    Value run_to_the_end(Coro<Value> main, const std::string& name);
    void report_leftovers();
    void make_object(const std::string& name, const Json& description);
    void log(const std::string& label);
    void guard_against_overrun() const;
    void handle_error(const aio::ErrorContext& context);
    void bind(const std::string& name, Object object) { names_.insert_or_assign(name, object); }

    // asyncio_names.cpp: names, and the objects behind them
    Object& object(const Json& name, const Scope& scope);
    template <class T> T& as(const Json& name, const Scope& scope);
    Future future(const Json& name, const Scope& scope);
    aio::Queue<Value> queue(const Json& name, const Scope& scope);
    Value query(Block step, const Scope& scope);
    Value ask(const std::string& what, const Object& object) const;
    bool cancel(const Object& object, const std::string& message);
    int uncancel(Block step, const Scope& scope);
    Coro<> acquire(const Object& object);
    void release(const Object& object);
    std::string name_of(const Future& future) const;

    // asyncio_awaitables.cpp: awaitable expressions
    Awaitable awaitable(const Json& expression, const ScopePtr& scope);
    Awaitable limited(const Json& expression, const ScopePtr& scope);
    std::vector<Future> futures(const Json& names, const Scope& scope);
    Future gather(const Json& expression, const ScopePtr& scope);
    Future run_in_executor(const Json& expression, const Scope& scope);
    Coro<Value> coroutine(const Json& body, const Json* args, const ScopePtr& scope);
    Coro<Value> run_body(Block steps, ScopePtr scope);

    // asyncio_steps.cpp: steps that anything may take
    Signal run_plain(Block steps, const ScopePtr& scope);
    Signal plain_step(Block step, const ScopePtr& scope);
    std::optional<Signal> control_step(const std::string& op, Block step, const ScopePtr& scope);
    bool future_step(const std::string& op, Block step, const ScopePtr& scope);
    bool object_step(const std::string& op, Block step, const ScopePtr& scope);
    bool loop_step(const std::string& op, Block step, const ScopePtr& scope);
    Signal plain_try(Block step, const ScopePtr& scope);
    void spawn(Block step, const ScopePtr& scope);
    void bind_expression(Block step, const ScopePtr& scope);
    void add_done_callback(Block step, const ScopePtr& scope);
    int remove_done_callback(Block step, const Scope& scope);
    void set_exception_handler(Block step, const ScopePtr& scope);
    aio::Callback callback(Block step, const ScopePtr& scope);

    // asyncio_blocks.cpp: steps that only a coroutine may take
    Coro<Signal> run_steps(Block steps, ScopePtr scope);
    Coro<Signal> sleep_step(Block step, ScopePtr scope);
    Coro<Signal> yield_step(Block step, ScopePtr scope);
    Coro<Signal> await_step(Block step, ScopePtr scope);
    Coro<Signal> with_step(Block step, ScopePtr scope);
    Coro<Signal> timeout_step(Block step, ScopePtr scope);
    Coro<Signal> group_step(Block step, ScopePtr scope);
    Coro<Signal> wait_step(Block step, ScopePtr scope);
    Coro<Signal> as_completed_step(Block step, ScopePtr scope);
    Coro<Signal> if_step(Block step, ScopePtr scope);
    Coro<Signal> repeat_step(Block step, ScopePtr scope);
    Coro<Signal> for_step(Block step, ScopePtr scope);
    Coro<Signal> try_step(Block step, ScopePtr scope);
    static AwaitingStep awaiting_step(const std::string& op);

    struct Created { // in order of creation, for the report at the end
        std::string name;
        aio::detail::Ref<aio::detail::FutureBase> future;
        bool is_task;
    };

    const Json& scenario_;
    const bool ticks_;
    World world_;
    aio::EventLoop loop_{{.clock = &world_, .selector = nullptr}};
    ScopePtr top_ = std::make_shared<Scope>();
    std::map<std::string, Object> names_;
    std::vector<Created> created_;
    std::map<std::string, std::pair<const Json*, ScopePtr>> callbacks_; ///< done callbacks, by name
    std::map<std::string, std::vector<std::pair<Future, std::uint64_t>>> registered_;
    std::optional<std::pair<const Json*, ScopePtr>> handler_; ///< the scenario's exception handler
    std::string trace_;
    int lines_ = 0;
};

// What both kinds of steps share.
aio::ms milliseconds(const Json& json, const Scope& scope);
const Json& branch(const Json& step, const Scope& scope); ///< Returns: the steps that `if` chooses.
const Json* find_handler(const Json& step, const std::exception_ptr& error);
void put(const Json& step, Scope& scope, Value value); ///< Effects: `to` gets the value.
inline const std::string& text_of(const Json& json) { return json.get_ref<const std::string&>(); }

/// An executor of a number of workers, whose jobs take virtual time.
class Pool : public std::enable_shared_from_this<Pool> {
public:
    struct Job {
        aio::duration span;
        Value value;
        std::exception_ptr error;
    };
    Pool(World& world, aio::EventLoop& loop, std::int64_t workers)
        : world_(world), loop_(loop), free_(workers) {}
    Future submit(Job job);

private:
    void start();
    void finish(const Future& future, const Job& job);
    World& world_;
    aio::EventLoop& loop_;
    std::int64_t free_;
    std::deque<std::pair<Future, Job>> waiting_;
};

} // namespace conformance
