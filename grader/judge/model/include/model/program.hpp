// program.hpp: tiny concurrent programs as values, written nearly as one writes them with the
// runtime.
//
//     Coro task(std::string name, ms delay) {
//         return {"task", {say(name + ": starting"), sleep(delay), say(name + ": done")}};
//     }
//     const Program lifecycle{
//         say("Main: creating tasks"),
//         create_task("a", task("A", 2s)),
//         create_task("b", task("B", 1s)),
//         say("Main: waiting for tasks"),
//         await("a"),
//         await("b"),
//         say("Main: all done"),
//     };
//
// A coroutine is a C++ function that returns its body, so arguments are ordinary arguments, and
// what is known before the program starts (names, delays, counts, loops) is ordinary C++. Tasks,
// futures and callbacks have names, one table for the whole program. `{}` in a text is the result
// of the latest await of the same coroutine; in the handler of an attempt it is the text of the
// error.
#pragma once

#include <chrono>
#include <initializer_list>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace lab::model {

using ms = std::chrono::milliseconds;

struct Step;
using Body = std::vector<Step>;

/// A call of a coroutine function, with its arguments filled in.
struct Coro {
    std::string function;
    Body body;
};

/// What a gather takes: the name of a task or future, or a coroutine.
using Awaitable = std::variant<std::string, Coro>;

/// Which errors an attempt handles.
enum class Catch { cancelled, error, anything };

/// One step of a body. Made by the functions below.
struct Step {
    enum class Op {
        say,
        sleep,
        block,
        create_task,
        await_name,
        await_coro,
        call_without_await,
        gather,
        cancel,
        call_soon,
        call_later,
        create_future,
        set_result,
        on_done,
        co_return_,
        fail,
        attempt,
        reraise,
        nested_run,
        thread_pool,
        process_pool,
        run_in_executor,
        call_soon_threadsafe,
        on_signal,
        raise_at,
        gather_settled,
        set_exception,
        stop,
    };

    Op op;
    std::string name = {}; ///< of a task, a future, a callback
    std::string text = {}; ///< what is said, given, thrown; the name of a function, of a pool
    ms delay = {};
    Body body = {};
    Body handler = {};
    std::vector<Awaitable> items = {};
    Catch catches = Catch::anything;
    int number = 0; ///< of workers; of a signal
};

/// A whole program: the body of main.
struct Program {
    Body main;
    Program(std::initializer_list<Step> steps) : main(steps) {}
    explicit Program(Body steps) : main(std::move(steps)) {}
};

/// Returns: the program as it would be written, for reports.
std::string to_text(const Program& program);

// ---- the transcript, time

/// A line of the transcript.
Step say(std::string text);
/// co_await sleep(delay).
Step sleep(ms delay);
/// block_for(delay): the whole thread does nothing else.
Step block(ms delay);

// ---- coroutines and tasks

/// `name` = create_task(coro).
Step create_task(std::string name, Coro coro);
/// co_await of a task or a future. Without effect while nothing has that name.
Step await(std::string name);
/// co_await of a coroutine: it runs as a part of this task.
Step await(Coro coro);
/// The coroutine object is made and dropped: its body never runs.
Step call_without_await(Coro coro);
/// co_await gather(items).
Step gather(std::vector<Awaitable> items);
/// co_await gather_settled(items): an error's text stands in the place of the result.
Step gather_settled(std::vector<Awaitable> items);
/// Asks a task to end ("main" too), ends a future, or takes a callback back.
Step cancel(std::string name);
/// The coroutine ends here, with a result; so does a job.
Step co_return_(std::string result);
/// loop.stop().
Step stop();
/// run(coro), inside the loop that runs already: refused.
Step nested_run(Coro coro);

// ---- errors

/// throw Error(text).
Step fail(std::string text);
/// try { body } catch (what) { handler }.
Step attempt(Body body, Catch what, Body handler);
/// throw; as the handler of an attempt may.
Step reraise();

// ---- callbacks and futures: their bodies cannot await

/// loop.call_soon(body).
Step call_soon(Body body, std::string name = {});
/// loop.call_later(delay, body).
Step call_later(ms delay, Body body, std::string name = {});
/// `name` = loop.create_future().
Step create_future(std::string name);
/// future.set_result(result), unless it is done.
Step set_result(std::string name, std::string result = {});
/// future.set_exception(Error(text)), unless it is done.
Step set_exception(std::string name, std::string text);
/// add_done_callback on a task or a future. In its texts `{}` is the result, or the error's text.
Step on_done(std::string name, Body body);

// ---- workers: a job is a body that may say, block, fail, co_return_ and call_soon_threadsafe

/// ThreadPool `name`(workers). It ends with the body that it stands in, and that waits for its
/// jobs, with the loop's thread.
Step thread_pool(std::string name, int workers);
/// ProcessPool `name`(workers). What its jobs say is not in the transcript, and they cannot post.
Step process_pool(std::string name, int workers);
/// `name` = loop.run_in_executor(pool, job), with no pool the default one.
Step run_in_executor(std::string name, Body job, std::string pool = {});
/// loop.call_soon_threadsafe(body).
Step call_soon_threadsafe(Body body);

// ---- signals

/// loop.add_signal_handler(signal, body).
Step on_signal(int signal, Body body);
/// loop.raise_at(when, signal). A signal without a handler is lost.
Step raise_at(ms when, int signal);

} // namespace lab::model
