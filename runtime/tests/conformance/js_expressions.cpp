// js_expressions.cpp: promise expressions of JavaScript scenarios, their names, their callbacks.
#include "js_interpreter.hpp"

namespace conformance::js {
namespace {

/// An object with a `then` method that runs the steps of the scenario.
struct StepsThenable {
    std::function<void(const Control&)> run;
    void then(const Resolve& resolve, const Reject& reject) const { run({resolve, reject}); }
};

const Json null = nullptr;

} // namespace

Interpreter::Name& Interpreter::named(const Json& name, const ScopePtr& scope) {
    const std::string key = fill(name.get<std::string>(), *scope);
    const auto found = names_.find(key);
    if (found == names_.end()) {
        throw BadScenario("unknown name " + key);
    }
    return found->second;
}

void Interpreter::keep(const Json& step, const ScopePtr& scope, Name what) {
    if (step.contains("name")) {
        names_.insert_or_assign(fill(step["name"].get<std::string>(), *scope), std::move(what));
    }
}

Resolution Interpreter::expression(const Json& json, const ScopePtr& scope) {
    if (json.is_string()) {
        Name& name = named(json, scope);
        if (auto* deferred = std::get_if<Promise::Deferred>(&name)) {
            return deferred->promise;
        }
        if (auto* bound = std::get_if<Resolution>(&name)) {
            return *bound;
        }
        throw BadScenario(json.dump() + " is no promise");
    }
    if (json.contains("value")) {
        return evaluate(json["value"], *scope);
    }
    if (json.contains("resolve")) {
        return Promise::resolve(expression(json["resolve"], scope));
    }
    if (json.contains("reject")) {
        return Promise::reject(Thrown{make_error(json["reject"], json.value("msg", ""))});
    }
    if (json.contains("call")) {
        return call(json["call"], json, scope);
    }
    if (json.contains("delay")) {
        return delay(json, scope);
    }
    if (json.contains("all") || json.contains("allSettled") || json.contains("race") ||
        json.contains("any")) {
        return combination(json, scope);
    }
    return own_steps(json, scope);
}

Resolution Interpreter::own_steps(const Json& json, const ScopePtr& scope) {
    if (json.contains("thenable")) {
        return StepsThenable{[this, &steps = json["thenable"], scope](const Control& control) {
            run_steps(steps, below(scope), &control);
        }};
    }
    if (json.contains("new")) {
        return Promise([&](const Resolve& resolve, const Reject& reject) {
            const Control control{resolve, reject};
            run_steps(json["new"], below(scope), &control);
        });
    }
    throw BadScenario("unknown promise expression " + json.dump());
}

Promise Interpreter::combination(const Json& json, const ScopePtr& scope) {
    const auto elements = [&](const char* key) {
        Promise::Elements list;
        for (const Json& element : json[key]) {
            list.push_back(expression(element, scope));
        }
        return list;
    };
    if (json.contains("all")) {
        return Promise::all<Value>(elements("all"));
    }
    if (json.contains("allSettled")) {
        return Promise::all_settled<Value>(elements("allSettled"));
    }
    return json.contains("race") ? Promise::race(elements("race")) : Promise::any(elements("any"));
}

Promise Interpreter::delay(const Json& json, const ScopePtr& scope) {
    const std::int64_t wait = evaluate(json["delay"], *scope).number();
    const Value value = evaluate(json.contains("with") ? json["with"] : null, *scope);
    return Promise([&](const Resolve& resolve, const Reject& /*reject*/) {
        add_timer(wait, [resolve, value] { resolve(value); }, false);
    });
}

Promise Interpreter::promise(const Json& json, const ScopePtr& scope) {
    const Resolution made = expression(json, scope);
    if (made.promise) {
        return Promise(made.promise);
    }
    throw Thrown{make_error("TypeError", "")}; // it has no method `then`, `catch` or `finally`
}

Promise Interpreter::call(const Json& function, const Json& step, const ScopePtr& scope) {
    const Json* body = &function;
    ScopePtr own = below(scope);
    if (function.is_string()) {
        const std::string name = fill(function.get<std::string>(), *scope);
        if (!scenario_.contains("functions") || !scenario_["functions"].contains(name)) {
            throw BadScenario("unknown function " + name);
        }
        body = &scenario_["functions"][name];
        own = below(top_);
    }
    if (step.contains("args")) {
        for (const auto& [name, value] : step["args"].items()) {
            own->vars[name] = evaluate(value, *scope);
        }
    }
    return drive(run_body(*body, std::move(own)));
}

Interpreter::Function Interpreter::callback(const Json& step, const ScopePtr& scope) {
    return [this, &steps = step["do"], scope] { run_steps(steps, below(scope)); };
}

Interpreter::Reaction Interpreter::reaction(const Json& steps, const ScopePtr& scope) {
    return [this, &steps, scope](const Value& value) {
        const ScopePtr own = below(scope);
        own->vars["v"] = own->vars["e"] = value;
        return run_steps(steps, own).value;
    };
}

Promise Interpreter::then(const Json& step, const ScopePtr& scope) {
    const Promise on = promise(step["on"], scope);
    const char* failed = step["op"] == "then" ? "err" : "do";
    const auto on_error = [&] {
        return [react = reaction(step[failed], scope)](const std::exception_ptr& error) {
            return react(value_of(error));
        };
    };
    if (step["op"] == "finally") {
        return on.finally(
            [this, &steps = step["do"], scope] { return run_steps(steps, below(scope)).value; });
    }
    if (!step.contains("ok")) {
        return step.contains(failed) ? on.caught(on_error()) : on.then(nullptr);
    }
    return step.contains(failed) ? on.then(reaction(step["ok"], scope), on_error())
                                 : on.then(reaction(step["ok"], scope));
}

} // namespace conformance::js
