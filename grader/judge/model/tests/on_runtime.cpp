// on_runtime.cpp: interprets programs as coroutines of the runtime.
#include "on_runtime.hpp"

#include "jobs_on_runtime.hpp"
#include "runtime_world.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace {

using namespace lab::model;
using Op = Step::Op;

aio::Coro<Text> call(World& world, const Body& body);
aio::Coro<bool> run_steps(World& world, Scope& scope, const Body& body);

void cancel_named(World& world, const Text& name) {
    if (const auto found = world.names.find(name); found != world.names.end()) {
        std::visit([](auto& thing) { thing.cancel(); }, found->second);
    }
}

void schedule(World& world, const Step& step) {
    const auto callback = [&world, &step] { run_callback(world, step.body); };
    auto& loop = aio::get_running_loop();
    if (step.op == Op::call_soon) {
        const auto handle = loop.call_soon(callback);
        if (!step.name.empty()) {
            world.names[step.name] = handle;
        }
    } else {
        const auto handle = loop.call_later(step.delay, callback);
        if (!step.name.empty()) {
            world.names[step.name] = handle;
        }
    }
}

Text outcome_of(const aio::Future<Text>& done) {
    try {
        return done.result();
    } catch (const aio::CancelledError&) {
        return "cancelled";
    } catch (const std::exception& error) {
        return error.what();
    }
}

/// The steps that a callback may take too. Returns: false if this is another one.
bool run_simple(World& world, const Scope& scope, const Step& step) {
    switch (step.op) {
    case Op::say:
        world.observed.transcript.push_back({aio::now(), filled(scope, step.text)});
        return true;
    case Op::block:
        aio::block_for(step.delay);
        return true;
    case Op::create_task:
        world.names[step.name] = aio::create_task(call(world, step.body), step.name);
        return true;
    case Op::call_without_await: {
        const auto dropped = call(world, step.body);
        return true;
    }
    case Op::cancel:
        cancel_named(world, step.name);
        return true;
    case Op::call_soon:
    case Op::call_later:
        schedule(world, step);
        return true;
    case Op::create_future:
        world.names[step.name] = aio::get_running_loop().create_future<Text>();
        return true;
    case Op::set_result:
        if (const auto future = world.future(step.name); future && !future->done()) {
            future->set_result(step.text);
        }
        return true;
    case Op::on_done:
        if (const auto future = world.future(step.name)) {
            future->add_done_callback([&world, &step, done = *future] {
                run_callback(world, step.body, outcome_of(done));
            });
        }
        return true;
    case Op::set_exception:
        if (const auto future = world.future(step.name); future && !future->done()) {
            future->set_exception(std::make_exception_ptr(aio::Error(step.text)));
        }
        return true;
    case Op::stop:
        aio::get_running_loop().stop();
        return true;
    case Op::fail:
        throw aio::Error(step.text);
    case Op::nested_run:
        aio::run(call(world, step.body));
        return true;
    default:
        return run_outside_step(world, scope, step);
    }
}

} // namespace

void run_callback(World& world, const Body& body, Text result) {
    Scope scope{.result = std::move(result)};
    const PoolsOfBody pools(scope);
    for (const Step& step : body) {
        if (step.op == Op::co_return_) {
            return;
        }
        if (!run_simple(world, scope, step)) {
            throw std::logic_error("a callback cannot wait");
        }
    }
}

namespace {

using Argument = std::variant<aio::Coro<Text>, aio::Future<Text>>;

/// Returns: the items, which are all of one kind.
template <class T> std::vector<T> all_of(std::vector<Argument>& items) {
    std::vector<T> list;
    for (Argument& item : items) {
        list.push_back(std::get<T>(std::move(item)));
    }
    return list;
}

const Text& text_of(const Text& result) { return result; }
Text text_of(const aio::Outcome<Text>& outcome) {
    return outcome.ok() ? *outcome.value : outcome.cancelled() ? "cancelled" : outcome.error();
}

template <class T> Text list_of_all(const std::vector<T>& results) {
    std::vector<Text> texts;
    for (const T& result : results) {
        texts.push_back(text_of(result));
    }
    return list_of(texts);
}

/// `gathering`: gather or gather_settled, of a mixed list as one written out by hand.
template <class Gathering>
aio::Coro<Text> gather_all(std::vector<Argument> items, Gathering gathering) {
    const auto coros = static_cast<std::size_t>(std::count_if(
        items.begin(), items.end(), [](const Argument& item) { return item.index() == 0; }));
    if (coros == items.size()) {
        co_return list_of_all(co_await gathering(all_of<aio::Coro<Text>>(items)));
    }
    if (coros == 0) {
        co_return list_of_all(co_await gathering(all_of<aio::Future<Text>>(items)));
    }
    const auto all = [&gathering](auto&... each) { return gathering(std::move(each)...); };
    if (items.size() == 2) {
        const auto [a, b] = co_await std::visit(all, items[0], items[1]);
        co_return list_of({text_of(a), text_of(b)});
    }
    const auto [a, b, c] = co_await std::visit(all, items[0], items[1], items[2]);
    co_return list_of({text_of(a), text_of(b), text_of(c)});
}

aio::Coro<> run_gather(World& world, Scope& scope, const Step& step) {
    std::vector<Argument> items;
    for (const Awaitable& item : step.items) {
        if (const auto* coro = std::get_if<Coro>(&item)) {
            items.emplace_back(call(world, coro->body));
        } else if (auto future = world.future(std::get<Text>(item))) {
            items.emplace_back(*future);
        }
    }
    if (step.op == Op::gather) {
        const auto gathering = [](auto... list) { return aio::gather(std::move(list)...); };
        scope.result = co_await gather_all(std::move(items), gathering);
    } else {
        const auto gathering = [](auto... list) { return aio::gather_settled(std::move(list)...); };
        scope.result = co_await gather_all(std::move(items), gathering);
    }
}

bool catches(Catch what, const std::exception_ptr& error, Text& text) {
    try {
        std::rethrow_exception(error);
    } catch (const aio::CancelledError&) {
        text = "cancelled";
        return what != Catch::error;
    } catch (const std::exception& failed) {
        text = failed.what();
        return what != Catch::cancelled;
    }
}

aio::Coro<bool> run_attempt(World& world, Scope& scope, const Step& step) {
    std::exception_ptr error; // handled after the block, since a catch block must not await
    try {
        co_return co_await run_steps(world, scope, step.body);
    } catch (...) {
        error = std::current_exception();
    }
    Text text;
    if (!catches(step.catches, error, text)) {
        std::rethrow_exception(error);
    }
    scope.result = text;
    const auto outer = std::exchange(scope.caught, error);
    const bool returned = co_await run_steps(world, scope, step.handler);
    scope.caught = outer;
    co_return returned;
}

/// Returns: whether the function is over.
aio::Coro<bool> run_steps(World& world, Scope& scope, const Body& body) {
    const PoolsOfBody pools(scope);
    for (const Step& step : body) {
        if (run_simple(world, scope, step)) {
            continue;
        }
        switch (step.op) {
        case Op::sleep:
            co_await aio::sleep(step.delay);
            break;
        case Op::await_name:
            if (const auto future = world.future(step.name)) {
                scope.result = co_await *future;
            }
            break;
        case Op::await_coro:
            scope.result = co_await call(world, step.body);
            break;
        case Op::gather:
        case Op::gather_settled:
            co_await run_gather(world, scope, step);
            break;
        case Op::attempt:
            if (co_await run_attempt(world, scope, step)) {
                co_return true;
            }
            break;
        case Op::reraise:
            std::rethrow_exception(scope.caught);
        default:
            scope.returned = filled(scope, step.text);
            co_return true;
        }
    }
    co_return false;
}

aio::Coro<Text> main_of(World& world, const Body& body) {
    world.names.emplace("main", aio::current_task());
    co_return co_await call(world, body);
}

aio::Coro<Text> call(World& world, const Body& body) {
    Scope scope;
    co_await run_steps(world, scope, body);
    co_return scope.returned;
}

} // namespace

bool waits_for_the_kernel(const Program& program) {
    const std::string text = to_text(program);
    const bool asks = text.find("on_signal(") != text.npos || text.find("raise_at(") != text.npos;
    return asks && observe(program).end == End::deadlock;
}

Observed on_runtime(const Program& program) {
    World world;
    const Listening listening(world.observed);
    auto& observed = world.observed;
    {
        aio::VirtualClock clock; // at its end it lets the jobs end that nobody waited for
        aio::set_default_clock(&clock);
        try {
            aio::run(main_of(world, program.main));
        } catch (const aio::DeadlockError&) {
            observed.end = End::deadlock;
        } catch (const aio::CancelledError&) {
            observed.end = End::cancelled;
            observed.error = "cancelled";
        } catch (const std::exception& error) {
            observed.end = End::error;
            observed.error = error.what();
        }
        world.over = true;
        world.names.clear();
    }
    aio::set_default_clock(nullptr);
    return std::move(observed);
}
