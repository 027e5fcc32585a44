// js_async.cpp: the bodies of async functions in JavaScript scenarios.
#include "js_interpreter.hpp"

namespace conformance::js {

// The one real async function: its awaits are exactly what the body yields, so each costs what a
// written `await` costs, and nothing else costs a turn.
Promise Interpreter::drive(Body body) {
    Body::Thread thread;
    body.start(thread, nullptr);
    for (;;) {
        while (thread.innermost && !thread.awaited) { // a trampoline: inner bodies begin and end
            thread.innermost.resume();
        }
        if (!thread.awaited) {
            break;
        }
        Resolution awaited = *std::exchange(thread.awaited, std::nullopt);
        try {
            thread.value = co_await std::move(awaited);
        } catch (...) {
            thread.error = std::current_exception();
        }
    }
    co_return body.take().value;
}

Body Interpreter::run_body(const Json& steps, ScopePtr scope) {
    for (const Json& step : steps) {
        if (dead_) {
            break;
        }
        const auto& op = step["op"].get_ref<const std::string&>();
        Outcome end;
        if (op == "await") {
            const Value value = co_yield expression(step["on"], scope);
            if (step.contains("to")) {
                scope->vars[step["to"].get<std::string>()] = value;
            }
        } else if (op == "if") {
            end = co_await run_body(branch(step, *scope), scope);
        } else if (op == "repeat") {
            end = co_await run_async_repeat(step, scope);
        } else if (op == "try") {
            end = co_await run_async_try(step, scope);
        } else {
            end = run_step(step, scope, nullptr);
        }
        if (!end.normal()) {
            co_return end;
        }
    }
    co_return Outcome();
}

Body Interpreter::run_async_repeat(const Json& step, ScopePtr scope) {
    const std::int64_t count = evaluate(step["n"], *scope).number();
    for (std::int64_t i = 0; i < count; ++i) {
        if (step.contains("var")) {
            scope->vars[step["var"].get<std::string>()] = Value{i};
        }
        Outcome end = co_await run_body(step["body"], scope);
        if (end.is(Outcome::Kind::broke)) {
            break;
        }
        if (end.is(Outcome::Kind::returned)) {
            co_return end;
        }
    }
    co_return Outcome();
}

Body Interpreter::run_async_try(const Json& step, ScopePtr scope) {
    Outcome end;
    std::exception_ptr error;
    try {
        end = co_await run_body(step["body"], scope);
    } catch (const BadScenario&) {
        throw;
    } catch (...) {
        error = std::current_exception();
    }
    if (error && step.contains("catch")) {
        if (step.contains("as")) {
            scope->vars[step["as"].get<std::string>()] = value_of(error);
        }
        error = nullptr;
        try {
            end = co_await run_body(step["catch"], scope);
        } catch (...) {
            error = std::current_exception();
        }
    }
    if (step.contains("finally") && !dead_) {
        Outcome last = co_await run_body(step["finally"], scope);
        if (!last.normal()) {
            co_return last;
        }
    }
    if (error) {
        std::rethrow_exception(error);
    }
    co_return end;
}

} // namespace conformance::js
