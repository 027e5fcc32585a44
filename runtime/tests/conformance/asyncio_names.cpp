// asyncio_names.cpp: names, and what can be asked of the objects behind them.
#include "asyncio_interpreter.hpp"

namespace conformance {

template <class... F> struct Overloaded : F... {
    using F::operator()...;
};
template <class... F> Overloaded(F...) -> Overloaded<F...>;

Object& Interpreter::object(const Json& name, const Scope& scope) {
    const auto found = names_.find(scope.text(text_of(name)));
    if (found == names_.end()) {
        bad_scenario("unknown name " + text_of(name));
    }
    return found->second;
}

template <class T> T& Interpreter::as(const Json& name, const Scope& scope) {
    T* wanted = std::get_if<T>(&object(name, scope));
    return wanted != nullptr ? *wanted : (bad_scenario("wrong kind: " + text_of(name)), *wanted);
}
template aio::Event& Interpreter::as(const Json&, const Scope&);
template aio::Lock& Interpreter::as(const Json&, const Scope&);
template aio::Condition& Interpreter::as(const Json&, const Scope&);
template aio::Handle& Interpreter::as(const Json&, const Scope&);
template SharedTimeout& Interpreter::as(const Json&, const Scope&);
template SharedGroup& Interpreter::as(const Json&, const Scope&);
template SharedPool& Interpreter::as(const Json&, const Scope&);

Future Interpreter::future(const Json& name, const Scope& scope) {
    const Object& named = object(name, scope);
    if (const auto* task = std::get_if<Task>(&named)) {
        return *task;
    }
    const auto* plain = std::get_if<Future>(&named);
    return plain != nullptr ? *plain : (bad_scenario("no future: " + text_of(name)), Future());
}

aio::Queue<Value> Interpreter::queue(const Json& name, const Scope& scope) {
    return std::visit(
        [](const auto& it) -> aio::Queue<Value> {
            if constexpr (std::is_convertible_v<decltype(it), const aio::Queue<Value>&>) {
                return it;
            } else {
                bad_scenario("no queue");
            }
        },
        object(name, scope));
}

std::string Interpreter::name_of(const Future& future) const {
    for (const Created& one : created_) {
        if (one.future.get() == future.ref().get()) {
            return one.name;
        }
    }
    return "?";
}

Value Interpreter::query(Block step, const Scope& scope) {
    const std::string what = step.at("what");
    if (what == "time") {
        return loop_.time().time_since_epoch() / aio::ms(1);
    }
    if (what == "iteration") {
        return static_cast<std::int64_t>(loop_.turn());
    }
    if (what == "is_running") {
        return loop_.is_running();
    }
    if (what == "is_closed") {
        return loop_.is_closed();
    }
    if (what == "running_loop") {
        return &aio::get_running_loop() == &loop_;
    }
    if (what == "current") {
        try {
            return aio::current_task().name();
        } catch (const aio::Error&) { // no task runs
            return {};
        }
    }
    if (what == "all_tasks") {
        List names;
        for (const Created& one : created_) {
            if (one.is_task && !one.future->done()) {
                names.emplace_back(one.name);
            }
        }
        return names;
    }
    return ask(what, object(step.at("on"), scope));
}

Value Interpreter::ask(const std::string& what, const Object& named) const {
    return std::visit(
        [&](const auto& it) -> Value {
            if constexpr (requires { it.cancelling(); }) {
                if (what == "cancelling") {
                    return it.cancelling();
                }
            }
            if constexpr (requires { it.cancelled(); }) {
                return what == "done" ? it.done() : it.cancelled();
            } else if constexpr (requires { it.locked(); }) {
                return it.locked();
            } else if constexpr (requires { it.is_set(); }) {
                return it.is_set();
            } else if constexpr (requires { it.qsize(); }) {
                return what == "empty"  ? Value(it.empty())
                       : what == "full" ? Value(it.full())
                                        : Value(static_cast<std::int64_t>(it.qsize()));
            } else if constexpr (std::is_same_v<decltype(it), const SharedTimeout&>) {
                if (what == "expired") {
                    return it->expired();
                }
                return it->when() ? Value(it->when()->time_since_epoch() / aio::ms(1)) : Value();
            } else {
                bad_scenario("cannot ask for " + what);
            }
        },
        named);
}

bool Interpreter::cancel(const Object& named, const std::string& message) {
    return std::visit(Overloaded{[&](const Future& it) { return it.cancel(message); },
                                 [&](const Task& it) { return it.cancel(message); },
                                 [](const auto&) {
                                     bad_scenario("cannot cancel this");
                                     return false;
                                 }},
                      named);
}

int Interpreter::uncancel(Block step, const Scope& scope) {
    if (!step.contains("on")) {
        return aio::current_task().uncancel();
    }
    return as<Task>(step["on"], scope).uncancel();
}

Coro<> Interpreter::acquire(const Object& named) {
    return std::visit(
        [](const auto& it) -> Coro<> {
            if constexpr (requires { it.acquire(); }) {
                return it.acquire();
            } else {
                bad_scenario("cannot acquire this");
            }
        },
        named);
}

void Interpreter::release(const Object& named) {
    std::visit(
        [](const auto& it) {
            if constexpr (requires { it.acquire(); }) {
                it.release();
            } else {
                bad_scenario("cannot release this");
            }
        },
        named);
}

} // namespace conformance
