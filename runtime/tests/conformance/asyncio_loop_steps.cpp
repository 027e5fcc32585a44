// asyncio_loop_steps.cpp: steps that speak to the loop, and to the objects at which tasks wait.
#include "asyncio_interpreter.hpp"

#include <limits>

namespace conformance {

bool Interpreter::object_step(const std::string& op, Block step, const ScopePtr& scope) {
    if (op == "event_set") {
        as<aio::Event>(step["on"], *scope).set();
    } else if (op == "event_clear") {
        as<aio::Event>(step["on"], *scope).clear();
    } else if (op == "release") {
        release(object(step["on"], *scope));
    } else if (op == "notify") {
        const std::int64_t count = scope->value(step.value("n", Json(1))).number();
        as<aio::Condition>(step["on"], *scope).notify(static_cast<std::size_t>(count));
    } else if (op == "notify_all") {
        as<aio::Condition>(step["on"], *scope).notify_all();
    } else if (op == "put_nowait") {
        queue(step["on"], *scope).put_nowait(scope->value(step.value("value", Json())));
    } else if (op == "get_nowait") {
        put(step, *scope, queue(step["on"], *scope).get_nowait());
    } else if (op == "task_done") {
        queue(step["on"], *scope).task_done();
    } else if (op == "reschedule") {
        const Value ms = scope->value(step.value("ms", Json()));
        as<SharedTimeout>(step["on"], *scope)
            ->reschedule(ms.is_null() ? std::nullopt
                                      : std::optional(loop_.time() + aio::ms(ms.number())));
    } else {
        return false;
    }
    return true;
}

bool Interpreter::loop_step(const std::string& op, Block step, const ScopePtr& scope) {
    const auto keep = [&](auto handle) {
        if (step.contains("name")) {
            bind(scope->text(text_of(step["name"])), handle);
        }
    };
    if (op == "call_soon") {
        keep(loop_.call_soon(callback(step, scope)));
    } else if (op == "call_later") {
        keep(loop_.call_later(milliseconds(step["ms"], *scope), callback(step, scope)));
    } else if (op == "call_at") {
        const aio::time_point when(milliseconds(step["at"], *scope));
        keep(loop_.call_at(when, callback(step, scope)));
    } else if (op == "external") {
        const auto* steps = &step["do"];
        world_.after(milliseconds(step["ms"], *scope), [this, steps, scope] {
            loop_.call_soon_threadsafe([this, steps, scope] { run_plain(*steps, scope); });
        });
    } else if (op == "cancel_handle") {
        Object& named = object(step["on"], *scope);
        if (auto* timer = std::get_if<aio::TimerHandle>(&named)) {
            timer->cancel();
        } else {
            as<aio::Handle>(step["on"], *scope).cancel();
        }
    } else if (op == "set_exception_handler") {
        set_exception_handler(step, scope);
    } else if (op == "set_debug") {
        loop_.set_debug(step["value"]);
    } else if (op == "stop") {
        loop_.stop();
    } else if (op == "close") {
        loop_.close();
    } else if (op == "run_forever") {
        loop_.run_forever();
    } else if (op == "run_until_complete") {
        Awaitable what = awaitable(step["on"], scope);
        auto* coro = std::get_if<Coro<Value>>(&what);
        put(step, *scope,
            coro != nullptr ? loop_.run_until_complete(std::move(*coro))
                            : loop_.run_until_complete(std::get<Future>(what)));
    } else if (op == "run") {
        const Json* args = step.contains("args") ? &step["args"] : nullptr;
        put(step, *scope,
            run_to_the_end(coroutine(step["coro"], args, scope),
                           step.value("name", std::string("main"))));
    } else {
        return false;
    }
    return true;
}

} // namespace conformance
