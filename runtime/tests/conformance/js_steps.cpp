// js_steps.cpp: the steps of JavaScript scenarios that do not wait.
#include "js_interpreter.hpp"

namespace conformance::js {
namespace {

const Json no_steps = Json::array();
const Json null = nullptr;

const Json& steps_of(const Json& step, const char* key) {
    return step.contains(key) ? step[key] : no_steps;
}

} // namespace

Outcome Interpreter::run_steps(const Json& steps, const ScopePtr& scope, const Control* control) {
    for (const Json& step : steps) {
        if (dead_) {
            break;
        }
        Outcome end = run_step(step, scope, control);
        if (!end.normal()) {
            return end;
        }
    }
    return {};
}

Outcome Interpreter::run_step(const Json& step, const ScopePtr& scope, const Control* control) {
    const auto& op = step["op"].get_ref<const std::string&>();
    if (auto end = control_step(op, step, scope, control)) {
        return std::move(*end);
    }
    if (!data_step(op, step, scope) && !queue_step(op, step, scope) &&
        !promise_step(op, step, scope, control)) {
        throw BadScenario("op " + op + " is unknown, or not allowed here");
    }
    return {};
}

std::optional<Outcome> Interpreter::control_step(const std::string& op, const Json& step,
                                                 const ScopePtr& scope, const Control* control) {
    if (op == "if") {
        return run_steps(branch(step, *scope), scope, control);
    }
    if (op == "repeat") {
        return run_repeat(step, scope, control);
    }
    if (op == "try") {
        return run_try(step, scope, control);
    }
    if (op == "break") {
        return Outcome{Outcome::Kind::broke, {}};
    }
    if (op == "continue") {
        return Outcome{Outcome::Kind::continued, {}};
    }
    if (op == "return") {
        return Outcome{Outcome::Kind::returned, given(step, "promise", scope)};
    }
    if (op == "throw") {
        if (step.contains("var")) {
            throw Thrown{scope->find(step["var"].get<std::string>())};
        }
        throw Thrown{make_error(step["error"], fill(step.value("msg", ""), *scope))};
    }
    return std::nullopt;
}

Resolution Interpreter::given(const Json& step, const char* key, const ScopePtr& scope) {
    if (step.contains(key)) {
        return expression(step[key], scope);
    }
    return step.contains("value") ? evaluate(step["value"], *scope) : Value{};
}

const Json& Interpreter::branch(const Json& step, Scope& scope) {
    const Value& value = scope.find(step["var"].get<std::string>());
    const bool holds = step.contains("eq")   ? value == evaluate(step["eq"], scope)
                       : step.contains("lt") ? less(value, evaluate(step["lt"], scope))
                                             : value.truthy();
    return steps_of(step, holds ? "then" : "else");
}

Outcome Interpreter::run_repeat(const Json& step, const ScopePtr& scope, const Control* control) {
    const std::int64_t count = evaluate(step["n"], *scope).number();
    for (std::int64_t i = 0; i < count; ++i) {
        if (step.contains("var")) {
            scope->vars[step["var"].get<std::string>()] = Value{i};
        }
        Outcome end = run_steps(step["body"], scope, control);
        if (end.is(Outcome::Kind::broke)) {
            break;
        }
        if (end.is(Outcome::Kind::returned)) {
            return end;
        }
    }
    return {};
}

Outcome Interpreter::run_try(const Json& step, const ScopePtr& scope, const Control* control) {
    Outcome end;
    std::exception_ptr error;
    const auto attempt = [&](const Json& steps) {
        error = nullptr;
        try {
            end = run_steps(steps, scope, control);
        } catch (const BadScenario&) {
            throw;
        } catch (...) {
            error = std::current_exception();
        }
    };
    attempt(step["body"]);
    if (error && step.contains("catch")) {
        if (step.contains("as")) {
            scope->vars[step["as"].get<std::string>()] = value_of(error);
        }
        attempt(step["catch"]);
    }
    if (Outcome last = run_steps(steps_of(step, "finally"), scope, control); !last.normal()) {
        return last; // replaces what was under way, an error too
    }
    if (error) {
        std::rethrow_exception(error);
    }
    return end;
}

bool Interpreter::data_step(const std::string& op, const Json& step, const ScopePtr& scope) {
    if (op == "log") {
        log(fill(step["msg"].get<std::string>(), *scope));
    } else if (op == "set") {
        scope->vars[step["var"].get<std::string>()] = evaluate(step["value"], *scope);
    } else if (op == "set_global") {
        top_->vars[step["var"].get<std::string>()] = evaluate(step["value"], *scope);
    } else if (op == "add") {
        const Value more =
            step.contains("value") ? evaluate(step["value"], *scope) : Value{std::int64_t{1}};
        Value& variable = scope->find(step["var"].get<std::string>());
        variable = add(variable, more);
    } else if (op == "block") {
        const std::int64_t span = evaluate(step["ms"], *scope).number();
        aio::block_for(aio::ms(span));
        now_ += span;
    } else {
        return false;
    }
    return true;
}

bool Interpreter::queue_step(const std::string& op, const Json& step, const ScopePtr& scope) {
    if (op == "setTimeout" || op == "setInterval") {
        const std::int64_t delay = evaluate(step["ms"], *scope).number();
        keep(step, scope, add_timer(delay, callback(step, scope), op == "setInterval"));
    } else if (op == "clearTimeout" || op == "clearInterval") {
        const auto* timer = std::get_if<Timer>(&named(step["on"], scope));
        if (timer == nullptr) {
            throw BadScenario(step["on"].dump() + " is no timer");
        }
        timer->repeats ? aio::js::clear_interval(timer->id) : aio::js::clear_timeout(timer->id);
    } else if (op == "requestAnimationFrame") {
        aio::js::request_animation_frame(as_task(callback(step, scope)));
    } else if (op == "queueMicrotask") {
        aio::js::queue_microtask(callback(step, scope));
    } else if (op == "nextTick") {
        aio::js::next_tick(callback(step, scope));
    } else {
        return false;
    }
    return true;
}

bool Interpreter::promise_step(const std::string& op, const Json& step, const ScopePtr& scope,
                               const Control* control) {
    if (op == "deferred") {
        keep(step, scope, Promise::with_resolvers());
    } else if (op == "promise") {
        keep(step, scope, expression(step["on"], scope));
    } else if (op == "call") {
        keep(step, scope, Resolution(call(step["fn"], step, scope)));
    } else if (op == "then" || op == "catch" || op == "finally") {
        keep(step, scope, Resolution(then(step, scope)));
    } else if (op == "resolve") {
        const Control to = control_of(step, scope, control);
        to.resolve(given(step, "with", scope));
    } else if (op == "reject") {
        const Control to = control_of(step, scope, control);
        to.reject(Thrown{make_error(step["error"], step.value("msg", ""))});
    } else {
        return false;
    }
    return true;
}

Control Interpreter::control_of(const Json& step, const ScopePtr& scope, const Control* control) {
    if (step.contains("on")) {
        if (const auto* found = std::get_if<Promise::Deferred>(&named(step["on"], scope))) {
            return {found->resolve, found->reject};
        }
        throw BadScenario(step["on"].dump() + " is no deferred promise");
    }
    if (control == nullptr) {
        throw BadScenario("nothing to resolve or reject here");
    }
    return *control;
}

} // namespace conformance::js
