// asyncio_blocks.cpp: steps that only a coroutine may take, and the blocks that hold them.
#include "asyncio_interpreter.hpp"

#include <aio/as_completed.hpp>

#include <unordered_map>

namespace conformance {
namespace {

const Json no_steps = Json::array();

const Json& part(const Json& step, const char* key) {
    const auto found = step.find(key);
    return found != step.end() ? *found : no_steps;
}

std::optional<aio::ms> limit_of(const Json& step, const Scope& scope) {
    const auto found = step.find("ms");
    const Value limit = found != step.end() ? scope.value(*found) : Value();
    return limit.is_null() ? std::nullopt : std::optional(aio::ms(limit.number()));
}

} // namespace

Interpreter::AwaitingStep Interpreter::awaiting_step(const std::string& op) {
    static const std::unordered_map<std::string, AwaitingStep> steps{
        {"sleep", &Interpreter::sleep_step},     {"yield", &Interpreter::yield_step},
        {"await", &Interpreter::await_step},     {"with", &Interpreter::with_step},
        {"timeout", &Interpreter::timeout_step}, {"task_group", &Interpreter::group_step},
        {"wait", &Interpreter::wait_step},       {"as_completed", &Interpreter::as_completed_step},
        {"if", &Interpreter::if_step},           {"repeat", &Interpreter::repeat_step},
        {"for", &Interpreter::for_step},         {"try", &Interpreter::try_step},
    };
    const auto found = steps.find(op);
    return found != steps.end() ? found->second : nullptr;
}

Coro<Signal> Interpreter::run_steps(Block steps, ScopePtr scope) {
    for (const Json& step : steps) {
        guard_against_overrun();
        Signal signal;
        if (const AwaitingStep awaits = awaiting_step(text_of(step.at("op")))) {
            signal = co_await (this->*awaits)(step, scope);
        } else {
            signal = plain_step(step, scope);
        }
        if (signal) {
            co_return signal;
        }
    }
    co_return Signal{};
}

Coro<Signal> Interpreter::sleep_step(Block step, ScopePtr scope) {
    co_await aio::sleep(milliseconds(step["ms"], *scope));
    co_return Signal{};
}

Coro<Signal> Interpreter::yield_step(Block step, ScopePtr /*scope*/) {
    for (int left = step.value("n", 1); left > 0; --left) {
        co_await aio::sleep(aio::ms(0));
        guard_against_overrun();
    }
    co_return Signal{};
}

Coro<Signal> Interpreter::await_step(Block step, ScopePtr scope) {
    Awaitable what = awaitable(step["on"], scope);
    Value value;
    if (auto* coro = std::get_if<Coro<Value>>(&what)) {
        value = co_await *coro;
    } else {
        const Future future = std::get<Future>(what);
        value = co_await future;
    }
    put(step, *scope, std::move(value));
    co_return Signal{};
}

Coro<Signal> Interpreter::with_step(Block step, ScopePtr scope) {
    const Object held = object(step["on"], *scope);
    co_await acquire(held);
    Signal signal;
    std::exception_ptr error;
    try {
        signal = co_await run_steps(step["body"], scope);
    } catch (...) {
        error = std::current_exception();
    }
    release(held);
    if (error) {
        std::rethrow_exception(error);
    }
    co_return signal;
}

Coro<Signal> Interpreter::timeout_step(Block step, ScopePtr scope) {
    std::optional<aio::time_point> when;
    if (step.contains("at")) {
        when = aio::time_point(milliseconds(step["at"], *scope));
    } else if (const auto limit = limit_of(step, *scope)) {
        when = loop_.time() + *limit;
    }
    const auto timeout = std::make_shared<aio::Timeout>(when);
    if (step.contains("name")) {
        bind(scope->text(text_of(step["name"])), timeout);
    }
    co_return co_await timeout->run(run_steps(step["body"], scope));
}

Coro<Signal> Interpreter::group_step(Block step, ScopePtr scope) {
    const auto entry = std::make_shared<aio::TaskGroup*>(nullptr);
    bind(scope->text(text_of(step["name"])), entry);
    Signal signal;
    struct Leave {
        SharedGroup entry;
        ~Leave() { *entry = nullptr; }
    } const leave{entry};
    const auto body = [&](aio::TaskGroup& group) -> Coro<> {
        *entry = &group;
        signal = co_await run_steps(step["body"], scope);
    };
    co_await aio::TaskGroup::run(body);
    co_return signal;
}

Coro<Signal> Interpreter::wait_step(Block step, ScopePtr scope) {
    const std::string until = step.value("until", std::string("ALL_COMPLETED"));
    const aio::When when = until == "FIRST_COMPLETED"   ? aio::When::first_completed
                           : until == "FIRST_EXCEPTION" ? aio::When::first_exception
                                                        : aio::When::all_completed;
    auto of = futures(step["of"], *scope);
    const auto seen = co_await aio::wait(std::move(of), when, limit_of(step, *scope));
    const auto names = [this](const std::vector<Future>& list) {
        List text;
        for (const Future& one : list) {
            text.emplace_back(name_of(one));
        }
        return text;
    };
    scope->set(step.value("done", std::string("done")), names(seen.done));
    scope->set(step.value("pending", std::string("pending")), names(seen.pending));
    co_return Signal{};
}

Coro<Signal> Interpreter::as_completed_step(Block step, ScopePtr scope) {
    for (Coro<Value> turn :
         aio::as_completed(futures(step["of"], *scope), limit_of(step, *scope))) {
        std::exception_ptr error;
        Value value;
        try {
            value = co_await turn;
        } catch (...) {
            error = std::current_exception();
        }
        if (error) {
            if (!step.value("errors_as_values", false) || !matches("Exception", error)) {
                std::rethrow_exception(error);
            }
            value = error;
        }
        put(step, *scope, value);
        Signal signal = co_await run_steps(part(step, "body"), scope);
        if (signal.kind == Signal::Kind::breaks) {
            break;
        }
        if (signal.kind == Signal::Kind::returns) {
            co_return signal;
        }
    }
    co_return Signal{};
}

Coro<Signal> Interpreter::if_step(Block step, ScopePtr scope) {
    co_return co_await run_steps(branch(step, *scope), scope);
}

Coro<Signal> Interpreter::repeat_step(Block step, ScopePtr scope) {
    const std::int64_t times = scope->value(step["n"]).number();
    for (std::int64_t i = 0; i < times; ++i) {
        if (step.contains("var")) {
            scope->set(step["var"], i);
        }
        Signal signal = co_await run_steps(step["body"], scope);
        if (signal.kind == Signal::Kind::breaks) {
            break;
        }
        if (signal.kind == Signal::Kind::returns) {
            co_return signal;
        }
    }
    co_return Signal{};
}

Coro<Signal> Interpreter::for_step(Block step, ScopePtr scope) {
    const List items = scope->value(step["in"]).list();
    for (const Value& item : items) {
        scope->set(step["var"], item);
        Signal signal = co_await run_steps(step["body"], scope);
        if (signal.kind == Signal::Kind::breaks) {
            break;
        }
        if (signal.kind == Signal::Kind::returns) {
            co_return signal;
        }
    }
    co_return Signal{};
}

Coro<Signal> Interpreter::try_step(Block step, ScopePtr scope) {
    Signal signal;
    std::exception_ptr error;
    try {
        signal = co_await run_steps(step["body"], scope);
    } catch (...) {
        error = std::current_exception();
    }
    const Json* handler = error ? find_handler(step, error) : nullptr;
    if (handler != nullptr) {
        if (handler->contains("as")) {
            scope->set((*handler)["as"], error);
        }
        const auto before = std::exchange(scope->handling, std::exchange(error, nullptr));
        try {
            signal = co_await run_steps((*handler)["do"], scope);
        } catch (...) {
            error = std::current_exception();
        }
        scope->handling = before;
    } else if (!error && !signal) {
        try {
            signal = co_await run_steps(part(step, "else"), scope);
        } catch (...) {
            error = std::current_exception();
        }
    }
    if (!is_stop(error)) {
        Signal last = co_await run_steps(part(step, "finally"), scope);
        if (last) {
            co_return last;
        }
    }
    if (error) {
        std::rethrow_exception(error);
    }
    co_return signal;
}

} // namespace conformance
