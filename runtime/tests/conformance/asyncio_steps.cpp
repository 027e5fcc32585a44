// asyncio_steps.cpp: steps that anything may take, callbacks and the driver included.
#include "asyncio_interpreter.hpp"

namespace conformance {
namespace {

const Json nothing;

const Json& part(const Json& step, const char* key) {
    const auto found = step.find(key);
    return found != step.end() ? *found : nothing;
}

} // namespace

void put(const Json& step, Scope& scope, Value value) {
    if (const auto to = step.find("to"); to != step.end()) {
        scope.set(*to, std::move(value));
    }
}

const Json& branch(const Json& step, const Scope& scope) {
    const Value& value = scope.get(text_of(step["var"]));
    const bool chosen = step.contains("eq")   ? value == scope.value(step["eq"])
                        : step.contains("lt") ? value < scope.value(step["lt"])
                                              : value.truth();
    return part(step, chosen ? "then" : "else");
}

const Json* find_handler(const Json& step, const std::exception_ptr& error) {
    for (const Json& handler : part(step, "except")) {
        for (const Json& pattern : handler["on"]) {
            if (matches(pattern, error)) {
                return &handler;
            }
        }
    }
    return nullptr;
}

Signal Interpreter::run_plain(Block steps, const ScopePtr& scope) {
    for (const Json& step : steps) {
        guard_against_overrun();
        if (Signal signal = plain_step(step, scope)) {
            return signal;
        }
    }
    return {};
}

Signal Interpreter::plain_step(Block step, const ScopePtr& scope) {
    const std::string& op = text_of(step["op"]);
    if (auto signal = control_step(op, step, scope)) {
        return *signal;
    }
    if (!future_step(op, step, scope) && !object_step(op, step, scope) &&
        !loop_step(op, step, scope)) {
        bad_scenario("step " + op + " is unknown, or not allowed here");
    }
    return {};
}

std::optional<Signal> Interpreter::control_step(const std::string& op, Block step,
                                                const ScopePtr& scope) {
    using Kind = Signal::Kind;
    if (op == "log") {
        log(scope->text(text_of(step["msg"])));
    } else if (op == "set") {
        scope->set(step["var"], scope->value(part(step, "value")));
    } else if (op == "set_global") {
        top_->set(step["var"], scope->value(part(step, "value")));
    } else if (op == "add") {
        const std::int64_t amount = scope->value(step.value("value", Json(1))).number();
        scope->add(text_of(step["var"]), amount);
    } else if (op == "block") {
        aio::block_for(milliseconds(step["ms"], *scope));
    } else if (op == "raise") {
        std::rethrow_exception(
            step.contains("var")
                ? scope->get(text_of(step["var"])).error()
                : make_error(step["error"], scope->text(step.value("msg", std::string()))));
    } else if (op == "reraise") {
        std::rethrow_exception(scope->handling ? scope->handling
                                               : (bad_scenario("reraise"), nullptr));
    } else if (op == "return") {
        return Signal{Kind::returns, scope->value(part(step, "value"))};
    } else if (op == "break" || op == "continue") {
        return Signal{op == "break" ? Kind::breaks : Kind::continues};
    } else if (op == "if") {
        return run_plain(branch(step, *scope), scope);
    } else if (op == "try") {
        return plain_try(step, scope);
    } else if (op == "repeat" || op == "for") {
        const bool counts = op == "repeat";
        const List items = counts ? List() : scope->value(step["in"]).list();
        const auto times =
            counts ? scope->value(step["n"]).number() : static_cast<std::int64_t>(items.size());
        for (std::int64_t i = 0; i < times; ++i) {
            if (step.contains("var")) {
                scope->set(step["var"], counts ? Value(i) : items[static_cast<std::size_t>(i)]);
            }
            Signal signal = run_plain(step["body"], scope);
            if (signal.kind == Kind::breaks || signal.kind == Kind::returns) {
                return signal.kind == Kind::returns ? signal : Signal{};
            }
        }
    } else {
        return std::nullopt;
    }
    return Signal{};
}

Signal Interpreter::plain_try(Block step, const ScopePtr& scope) {
    Signal signal;
    std::exception_ptr error;
    const auto attempt = [&](const Json& steps) {
        try {
            signal = run_plain(steps, scope);
        } catch (...) {
            error = std::current_exception();
        }
    };
    attempt(step["body"]);
    if (const Json* handler = error ? find_handler(step, error) : nullptr) {
        if (handler->contains("as")) {
            scope->set((*handler)["as"], error);
        }
        const auto before = std::exchange(scope->handling, std::exchange(error, nullptr));
        attempt((*handler)["do"]);
        scope->handling = before;
    } else if (!error && !signal) {
        attempt(part(step, "else"));
    }
    if (!is_stop(error)) {
        if (Signal last = run_plain(part(step, "finally"), scope)) {
            return last;
        }
    }
    if (error) {
        std::rethrow_exception(error);
    }
    return signal;
}

bool Interpreter::future_step(const std::string& op, Block step, const ScopePtr& scope) {
    const auto it = [&] { return future(step["on"], *scope); };
    if (op == "spawn") {
        spawn(step, scope);
    } else if (op == "bind") {
        bind_expression(step, scope);
    } else if (op == "future") {
        const Future made = loop_.create_future<Value>();
        const std::string name = scope->text(text_of(step["name"]));
        bind(name, made);
        created_.push_back({name, made.ref(), false});
    } else if (op == "cancel") {
        const std::string message = scope->text(step.value("msg", std::string()));
        put(step, *scope, cancel(object(step["on"], *scope), message));
    } else if (op == "uncancel") {
        put(step, *scope, uncancel(step, *scope));
    } else if (op == "set_result") {
        it().set_result(scope->value(part(step, "value")));
    } else if (op == "set_exception") {
        it().set_exception(make_error(step["error"], step.value("msg", std::string())));
    } else if (op == "result") {
        put(step, *scope, it().result());
    } else if (op == "exception") {
        const std::exception_ptr error = it().exception();
        put(step, *scope, error ? Value(error) : Value());
    } else if (op == "add_done_callback") {
        add_done_callback(step, scope);
    } else if (op == "remove_done_callback") {
        put(step, *scope, remove_done_callback(step, *scope));
    } else if (op == "query") {
        put(step, *scope, query(step, *scope));
    } else {
        return false;
    }
    return true;
}

void Interpreter::spawn(Block step, const ScopePtr& scope) {
    const std::string name = scope->text(step.value("name", std::string()));
    const auto made = [&]() -> Coro<Value> {
        if (step.contains("coro")) {
            const Json* args = step.contains("args") ? &step["args"] : nullptr;
            return coroutine(step["coro"], args, scope);
        }
        return std::get<Coro<Value>>(awaitable(step["on"], scope));
    };
    if (!step.contains("group")) {
        const Task task = loop_.create_task(made(), name);
        bind(task.name(), task);
        return;
    }
    aio::TaskGroup* group = *as<SharedGroup>(step["group"], *scope);
    if (group == nullptr) { // it has left its block, and takes no more
        throw aio::Error("this task group is over");
    }
    const Task task = group->create_task(made(), name);
    bind(task.name(), task);
}

void Interpreter::bind_expression(Block step, const ScopePtr& scope) {
    Awaitable what = awaitable(step["on"], scope);
    const std::string name = scope->text(text_of(step["name"]));
    if (auto* coro = std::get_if<Coro<Value>>(&what)) {
        bind(name, std::make_shared<Coro<Value>>(std::move(*coro)));
        return;
    }
    const Future made = std::get<Future>(what);
    bind(name, made);
    if (name_of(made) == "?") {
        created_.push_back({name, made.ref(), false});
    }
}

aio::Callback Interpreter::callback(Block step, const ScopePtr& scope) {
    return [this, steps = &step["do"], scope] { run_plain(*steps, scope); };
}

void Interpreter::add_done_callback(Block step, const ScopePtr& scope) {
    const std::string name = step.value("name", std::string());
    if (step.contains("do") && !name.empty()) {
        callbacks_[name] = {&step["do"], scope};
        registered_[name].clear(); // the name means another callback now
    }
    const auto [steps, its_scope] =
        step.contains("do") ? std::pair(&step["do"], scope) : callbacks_.at(name);
    const Future on = future(step["on"], *scope);
    const auto number =
        on.add_done_callback([this, s = steps, own = its_scope] { run_plain(*s, own); });
    registered_[name].emplace_back(on, number);
}

int Interpreter::remove_done_callback(Block step, const Scope& scope) {
    const Future on = future(step["on"], scope);
    int removed = 0;
    for (const auto& [future, number] : registered_[step["name"]]) {
        removed += future == on && on.remove_done_callback(number) ? 1 : 0;
    }
    return removed;
}

void Interpreter::set_exception_handler(Block step, const ScopePtr& scope) {
    handler_.reset();
    if (!part(step, "do").is_null()) {
        handler_ = {&step["do"], scope};
    }
}

} // namespace conformance
