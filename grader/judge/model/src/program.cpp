// program.cpp: makes steps, and writes programs out as they would be written.
#include "model/program.hpp"

namespace lab::model {

using Op = Step::Op;

Step say(std::string text) { return {.op = Op::say, .text = std::move(text)}; }
Step sleep(ms delay) { return {.op = Op::sleep, .delay = delay}; }
Step block(ms delay) { return {.op = Op::block, .delay = delay}; }

Step create_task(std::string name, Coro coro) {
    return {.op = Op::create_task,
            .name = std::move(name),
            .text = std::move(coro.function),
            .body = std::move(coro.body)};
}

Step await(std::string name) { return {.op = Op::await_name, .name = std::move(name)}; }

Step await(Coro coro) {
    return {.op = Op::await_coro, .text = std::move(coro.function), .body = std::move(coro.body)};
}

Step call_without_await(Coro coro) {
    return {.op = Op::call_without_await,
            .text = std::move(coro.function),
            .body = std::move(coro.body)};
}

Step gather(std::vector<Awaitable> items) { return {.op = Op::gather, .items = std::move(items)}; }

Step gather_settled(std::vector<Awaitable> items) {
    return {.op = Op::gather_settled, .items = std::move(items)};
}

Step cancel(std::string name) { return {.op = Op::cancel, .name = std::move(name)}; }
Step co_return_(std::string result) { return {.op = Op::co_return_, .text = std::move(result)}; }

Step stop() { return {.op = Op::stop}; }

Step nested_run(Coro coro) {
    return {.op = Op::nested_run, .text = std::move(coro.function), .body = std::move(coro.body)};
}

Step fail(std::string text) { return {.op = Op::fail, .text = std::move(text)}; }

Step attempt(Body body, Catch what, Body handler) {
    return {
        .op = Op::attempt, .body = std::move(body), .handler = std::move(handler), .catches = what};
}

Step reraise() { return {.op = Op::reraise}; }

Step call_soon(Body body, std::string name) {
    return {.op = Op::call_soon, .name = std::move(name), .body = std::move(body)};
}

Step call_later(ms delay, Body body, std::string name) {
    return {.op = Op::call_later, .name = std::move(name), .delay = delay, .body = std::move(body)};
}

Step create_future(std::string name) { return {.op = Op::create_future, .name = std::move(name)}; }

Step set_result(std::string name, std::string result) {
    return {.op = Op::set_result, .name = std::move(name), .text = std::move(result)};
}

Step set_exception(std::string name, std::string text) {
    return {.op = Op::set_exception, .name = std::move(name), .text = std::move(text)};
}

Step on_done(std::string name, Body body) {
    return {.op = Op::on_done, .name = std::move(name), .body = std::move(body)};
}

Step thread_pool(std::string name, int workers) {
    return {.op = Op::thread_pool, .name = std::move(name), .number = workers};
}

Step process_pool(std::string name, int workers) {
    return {.op = Op::process_pool, .name = std::move(name), .number = workers};
}

Step run_in_executor(std::string name, Body job, std::string pool) {
    return {.op = Op::run_in_executor,
            .name = std::move(name),
            .text = std::move(pool),
            .body = std::move(job)};
}

Step call_soon_threadsafe(Body body) {
    return {.op = Op::call_soon_threadsafe, .body = std::move(body)};
}

Step on_signal(int signal, Body body) {
    return {.op = Op::on_signal, .body = std::move(body), .number = signal};
}

Step raise_at(ms when, int signal) { return {.op = Op::raise_at, .delay = when, .number = signal}; }

namespace {

std::string quoted(const std::string& text) { return '"' + text + '"'; }
std::string written(ms delay) { return std::to_string(delay.count()) + "ms"; }

std::string written(const Body& body, std::size_t depth);

std::string written(const std::string& function, const Body& body, std::size_t depth) {
    return "Coro{" + quoted(function) + ", " + written(body, depth) + "}";
}

std::string written(const std::vector<Awaitable>& items, std::size_t depth) {
    std::string text;
    for (const Awaitable& item : items) {
        const auto* coro = std::get_if<Coro>(&item);
        text += text.empty() ? "" : ", ";
        text += coro != nullptr ? written(coro->function, coro->body, depth)
                                : quoted(std::get<std::string>(item));
    }
    return "{" + text + "}";
}

std::string written(Catch what) {
    switch (what) {
    case Catch::cancelled:
        return "Catch::cancelled";
    case Catch::error:
        return "Catch::error";
    case Catch::anything:
        break;
    }
    return "Catch::anything";
}

std::string written(const Step& step, std::size_t depth) {
    const auto call = [&](const std::string& function, const std::string& arguments) {
        return function + "(" + arguments + ")";
    };
    // Written where needed: twice on each level would be too long for programs of many levels.
    const auto coro = [&] { return written(step.text, step.body, depth); };
    const auto body = [&] { return written(step.body, depth); };
    const std::string named = step.name.empty() ? "" : ", " + quoted(step.name);
    switch (step.op) {
    case Op::say:
        return call("say", quoted(step.text));
    case Op::sleep:
        return call("sleep", written(step.delay));
    case Op::block:
        return call("block", written(step.delay));
    case Op::create_task:
        return call("create_task", quoted(step.name) + ", " + coro());
    case Op::await_name:
        return call("await", quoted(step.name));
    case Op::await_coro:
        return call("await", coro());
    case Op::call_without_await:
        return call("call_without_await", coro());
    case Op::gather:
        return call("gather", written(step.items, depth));
    case Op::gather_settled:
        return call("gather_settled", written(step.items, depth));
    case Op::cancel:
        return call("cancel", quoted(step.name));
    case Op::call_soon:
        return call("call_soon", body() + named);
    case Op::call_later:
        return call("call_later", written(step.delay) + ", " + body() + named);
    case Op::create_future:
        return call("create_future", quoted(step.name));
    case Op::set_result:
        return call("set_result", quoted(step.name) + ", " + quoted(step.text));
    case Op::set_exception:
        return call("set_exception", quoted(step.name) + ", " + quoted(step.text));
    case Op::stop:
        return call("stop", "");
    case Op::on_done:
        return call("on_done", quoted(step.name) + ", " + body());
    case Op::co_return_:
        return call("co_return_", quoted(step.text));
    case Op::fail:
        return call("fail", quoted(step.text));
    case Op::attempt:
        return call("attempt",
                    body() + ", " + written(step.catches) + ", " + written(step.handler, depth));
    case Op::reraise:
        return call("reraise", "");
    case Op::nested_run:
        return call("nested_run", coro());
    case Op::thread_pool:
        return call("thread_pool", quoted(step.name) + ", " + std::to_string(step.number));
    case Op::process_pool:
        return call("process_pool", quoted(step.name) + ", " + std::to_string(step.number));
    case Op::run_in_executor:
        return call("run_in_executor", quoted(step.name) + ", " + body() +
                                           (step.text.empty() ? "" : ", " + quoted(step.text)));
    case Op::call_soon_threadsafe:
        return call("call_soon_threadsafe", body());
    case Op::on_signal:
        return call("on_signal", std::to_string(step.number) + ", " + body());
    case Op::raise_at:
        return call("raise_at", written(step.delay) + ", " + std::to_string(step.number));
    }
    return "";
}

std::string written(const Body& body, std::size_t depth) {
    if (body.empty()) {
        return "{}";
    }
    const std::string indent(4 * (depth + 1), ' ');
    std::string text = "{\n";
    for (const Step& step : body) {
        text += indent + written(step, depth + 1) + ",\n";
    }
    return text + std::string(4 * depth, ' ') + "}";
}

} // namespace

std::string to_text(const Program& program) {
    return "const Program program" + written(program.main, 0) + ";\n";
}

} // namespace lab::model
