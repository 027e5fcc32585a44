// program.hpp: tiny concurrent programs as values, written nearly as they would be in C++.
//
// A body is a list of steps. Names of tasks and futures are one table for the whole program. The
// model loop runs these programs, and a test runs the very same ones on the real runtime.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace lab::model {

using ms = std::chrono::milliseconds;

/// One step of a body. Made by the functions below.
struct Step {
    enum class Op {
        say,         ///< text
        say_results, ///< text, then the results of the last gather of this task: "all [a, b]"
        sleep,       ///< co_await sleep(delay)
        block,       ///< block_for(delay)
        create,      ///< name = create_task(function())
        await,       ///< co_await name, a task or a future
        call,        ///< co_await function()
        drop,        ///< function(), without co_await
        gather,      ///< co_await gather(items): names of tasks, or else functions
        cancel,      ///< name.cancel()
        soon,        ///< call_soon(body)
        later,       ///< call_later(delay, body)
        future,      ///< name = create_future()
        complete,    ///< name.set_result(), unless it is done
        give,        ///< co_return text
        fail,        ///< throw Error(text)
        attempt,     ///< try { body } catch (anything) { handler }
        nested_run,  ///< run(function()) inside the loop
    };
    Op op;
    std::string name{};
    std::string text{};
    ms delay{};
    std::vector<std::string> items{};
    std::vector<Step> body{};
    std::vector<Step> handler{};
};

using Body = std::vector<Step>;

/// A program: its functions, and main.
struct Program {
    std::map<std::string, Body> functions;
    Body main;
};

inline Step say(std::string text) { return {.op = Step::Op::say, .text = std::move(text)}; }
inline Step say_results(std::string text) {
    return {.op = Step::Op::say_results, .text = std::move(text)};
}
inline Step sleep(ms delay) { return {.op = Step::Op::sleep, .delay = delay}; }
inline Step block(ms delay) { return {.op = Step::Op::block, .delay = delay}; }
inline Step create(std::string name, std::string function) {
    return {.op = Step::Op::create, .name = std::move(name), .text = std::move(function)};
}
inline Step await(std::string name) { return {.op = Step::Op::await, .name = std::move(name)}; }
inline Step call(std::string function) {
    return {.op = Step::Op::call, .text = std::move(function)};
}
inline Step drop(std::string function) {
    return {.op = Step::Op::drop, .text = std::move(function)};
}
inline Step gather(std::vector<std::string> items) {
    return {.op = Step::Op::gather, .items = std::move(items)};
}
inline Step cancel(std::string name) { return {.op = Step::Op::cancel, .name = std::move(name)}; }
inline Step soon(Body body) { return {.op = Step::Op::soon, .body = std::move(body)}; }
inline Step later(ms delay, Body body) {
    return {.op = Step::Op::later, .delay = delay, .body = std::move(body)};
}
inline Step future(std::string name) { return {.op = Step::Op::future, .name = std::move(name)}; }
inline Step complete(std::string name) {
    return {.op = Step::Op::complete, .name = std::move(name)};
}
inline Step give(std::string text) { return {.op = Step::Op::give, .text = std::move(text)}; }
inline Step fail(std::string text) { return {.op = Step::Op::fail, .text = std::move(text)}; }
inline Step attempt(Body body, Body handler) {
    return {.op = Step::Op::attempt, .body = std::move(body), .handler = std::move(handler)};
}
inline Step nested_run(std::string function) {
    return {.op = Step::Op::nested_run, .text = std::move(function)};
}

/// Returns: the program as text, for reports.
std::string to_text(const Program& program);

} // namespace lab::model
