// asyncio_awaitables.cpp: what a scenario can wait for.
#include "asyncio_interpreter.hpp"

namespace conformance {

aio::ms milliseconds(const Json& json, const Scope& scope) {
    return aio::ms(scope.value(json).number());
}

Future as_future(GatherItem item) {
    if (auto* coro = std::get_if<Coro<Value>>(&item.it)) {
        return aio::create_task(std::move(*coro));
    }
    return std::get<Future>(item.it);
}

namespace {

const Json& part(const Json& expression, const char* key) {
    static const Json nothing;
    const auto found = expression.find(key);
    return found != expression.end() ? *found : nothing;
}

/// Awaits `what`, and has `value` for it.
Coro<Value> valued(Coro<> what, Value value) {
    co_await what;
    co_return value;
}

Coro<Value> once(SharedCoro bound) { co_return co_await *bound; }

Coro<Value> await_either(Awaitable what) {
    if (auto* future = std::get_if<Future>(&what)) {
        const Future waited = *future;
        co_return co_await waited;
    }
    co_return co_await std::get<Coro<Value>>(what);
}

} // namespace

Awaitable Interpreter::awaitable(const Json& expression, const ScopePtr& scope) {
    if (expression.is_string()) {
        const Object& named = object(expression, *scope);
        const auto* bound = std::get_if<SharedCoro>(&named);
        return bound != nullptr ? Awaitable(once(*bound)) : future(expression, *scope);
    }
    const std::string& kind = expression.begin().key();
    const auto has = [&](const char* key) { return expression.contains(key); };
    const auto value = [&] { return scope->value(part(expression, "value")); };
    if (has("coro")) {
        const Json* args = has("args") ? &expression["args"] : nullptr;
        return coroutine(expression["coro"], args, scope);
    }
    if (has("sleep")) {
        return valued(aio::sleep(milliseconds(expression["sleep"], *scope)), value());
    }
    if (has("gather")) {
        return gather(expression, scope);
    }
    if (has("shield")) {
        Awaitable inner = awaitable(expression["shield"], scope);
        return aio::shield(as_future({std::move(inner)}));
    }
    if (has("wait_for")) {
        return limited(expression, scope);
    }
    if (has("event_wait")) {
        return valued(as<aio::Event>(expression["event_wait"], *scope).wait(), true);
    }
    if (has("acquire")) {
        return valued(acquire(object(expression["acquire"], *scope)), true);
    }
    if (has("get")) {
        return queue(expression["get"], *scope).get();
    }
    if (has("put")) {
        return valued(queue(expression["put"], *scope).put(value()), {});
    }
    if (has("join")) {
        return valued(queue(expression["join"], *scope).join(), {});
    }
    if (has("cond_wait")) {
        return valued(as<aio::Condition>(expression["cond_wait"], *scope).wait(), true);
    }
    if (has("cond_wait_for")) {
        const auto holds = [&expression, scope] {
            return scope->get(text_of(expression["var"])) == scope->value(expression["eq"]);
        };
        return valued(as<aio::Condition>(expression["cond_wait_for"], *scope).wait_for(holds),
                      true);
    }
    if (has("run_in_executor")) {
        return run_in_executor(expression, *scope);
    }
    bad_scenario("awaitable " + kind);
}

Awaitable Interpreter::limited(const Json& expression, const ScopePtr& scope) {
    Awaitable inner = awaitable(expression["wait_for"], scope);
    const Value limit = scope->value(part(expression, "ms"));
    if (limit.is_null()) {
        return await_either(std::move(inner));
    }
    const aio::ms span(limit.number());
    if (auto* coro = std::get_if<Coro<Value>>(&inner)) {
        return aio::wait_for(std::move(*coro), span);
    }
    return aio::wait_for(std::get<Future>(inner), span);
}

std::vector<Future> Interpreter::futures(const Json& names, const Scope& scope) {
    std::vector<Future> list;
    if (names.is_string()) { // a variable that holds a list of names
        for (const Value& name : scope.get(text_of(names)).list()) {
            list.push_back(future(name.printed(), scope));
        }
    } else {
        for (const Json& name : names) {
            list.push_back(future(name, scope));
        }
    }
    return list;
}

Future Interpreter::gather(const Json& expression, const ScopePtr& scope) {
    const Json& list = expression["gather"];
    const bool settled = expression.value("return_exceptions", false);
    std::vector<GatherItem> items;
    if (list.is_string()) {
        for (const Future& one : futures(list, *scope)) {
            items.push_back({one});
        }
    } else {
        for (const Json& item : list) {
            items.push_back({awaitable(item, scope)});
        }
    }
    const auto collect = [](const std::vector<Future>& ended) {
        List values;
        for (const Future& one : ended) {
            const auto outcome = aio::detail::outcome_of(one);
            values.push_back(outcome.ok() ? *outcome.value : Value(outcome.exception));
        }
        return Value(std::move(values));
    };
    return aio::detail::gather_list(settled, std::move(items), collect);
}

Coro<Value> Interpreter::coroutine(const Json& body, const Json* args, const ScopePtr& scope) {
    const Json* steps = &body;
    ScopePtr outer = scope;
    if (body.is_string()) {
        const auto& named = scenario_.at("coros");
        const auto found = named.find(scope->text(text_of(body)));
        steps = found != named.end() ? &*found : (bad_scenario("unknown body"), nullptr);
        outer = top_;
    }
    const auto own = std::make_shared<Scope>(outer);
    if (args != nullptr) {
        for (const auto& [name, value] : args->items()) {
            own->set(name, scope->value(value));
        }
    }
    return run_body(*steps, own);
}

Coro<Value> Interpreter::run_body(Block steps, ScopePtr scope) {
    const Signal signal = co_await run_steps(steps, std::move(scope));
    co_return signal.kind == Signal::Kind::returns ? signal.value : Value();
}

Future Interpreter::run_in_executor(const Json& expression, const Scope& scope) {
    const std::exception_ptr error =
        expression.contains("error")
            ? make_error(expression["error"], expression.value("msg", std::string()))
            : nullptr;
    return as<SharedPool>(expression["run_in_executor"], scope)
        ->submit({milliseconds(expression.value("ms", Json(0)), scope),
                  scope.value(part(expression, "value")), error});
}

Future Pool::submit(Job job) {
    const Future future = loop_.create_future<Value>();
    waiting_.emplace_back(future, std::move(job));
    start();
    return future;
}

void Pool::start() {
    while (free_ > 0 && !waiting_.empty()) {
        auto [future, job] = std::move(waiting_.front());
        waiting_.pop_front();
        if (future.cancelled()) {
            continue;
        }
        --free_;
        world_.after(job.span,
                     [self = shared_from_this(), future, job] { self->finish(future, job); });
    }
}

void Pool::finish(const Future& future, const Job& job) {
    ++free_;
    if (!loop_.is_closed()) {
        loop_.call_soon_threadsafe([future, job] {
            if (future.done()) {
                return;
            }
            job.error ? future.set_exception(job.error) : future.set_result(job.value);
        });
    }
    start();
}

} // namespace conformance
