// future.hpp: what the interpreter keeps of a future, a gather and a task.
#pragma once

#include "loop.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lab::model {

struct Task;

/// What a throw carries.
struct Thrown {
    bool cancelled; ///< CancelledError, or else an Error
    std::string text;
};

/// A result that may not be there yet. Its callbacks wait in the order in which they were added
/// (R4).
struct Future {
    struct Listener {
        Task* waiter; ///< who awaits; null: a callback
        std::function<void()> call;
    };

    bool done = false;
    bool alarm = false; ///< it wakes a sleeper, and has no value
    std::string value;
    std::optional<Thrown> thrown;
    std::vector<Listener> listeners;

    /// Returns: the result, or the error's text.
    const std::string& outcome() const { return thrown ? thrown->text : value; }

    Future() = default;
    Future(const Future&) = delete;
    Future& operator=(const Future&) = delete;
    virtual ~Future() = default;
};

/// The result of a job.
struct JobFuture : Future {
    Pools::Number job = 0;
};

/// A gather: it is done when its children are, or when the first of them fails.
struct Gather : Future {
    std::vector<Future*> items;    ///< as the arguments stood, also twice
    std::vector<Future*> children; ///< each once
    std::vector<Future*> finished; ///< in the order of finishing
    bool cancel_requested = false;
    bool settled = false; ///< errors do not end it
};

/// A body under way.
struct Frame {
    enum class Kind {
        call,    ///< a function's: co_return leaves it
        attempt, ///< its step has a handler
        handler, ///< may reraise
        chain,   ///< sequential_await: the items of a gather, one after another
    };
    Kind kind;
    const Body* body;
    const Step* step = nullptr; ///< attempt, chain: the step that it comes from
    std::size_t next = 0;       ///< the next step, or item
    std::string result = {};    ///< call: what {} stands for
    std::optional<Thrown> caught = {};
    Task* completes = nullptr; ///< sequential_await: the task that runs as a part of this one
    std::vector<std::string> results = {}; ///< chain: of the items so far
    std::vector<Pool*> pools = {};         ///< they end with the body
    std::deque<JobFuture*> put_off = {};   ///< call, executor_overlaps: awaits that are still due

    /// Errors are results there.
    bool is_settled_chain() const {
        return kind == Kind::chain && step->op == Step::Op::gather_settled;
    }
};

/// A coroutine that the loop runs, step by step. A callback is one too, whose first step is its
/// only one.
struct Task : Future {
    std::string name;
    std::vector<Frame> frames; ///< innermost last
    Future* waits_on = nullptr;
    Loop::Number sleep_timer = 0; ///< of the sleep that it is in
    bool is_callback = false;
    bool queued = false; ///< its first step is, or was, in the ready queue
    bool started = false;
    bool running = false; ///< its step is on the interpreter's stack
    bool must_cancel = false;
    bool asked = false;   ///< a cancel() is passing through it
    bool blocked = false; ///< parallel_blocks: in a block of its own
    bool awaits_itself = false;
    bool tripped = false; ///< every_await_yields: the trip of this await is over
    unsigned ticket = 0;  ///< a queued step with an older ticket is void
    Task* host = nullptr; ///< sequential_await: the task in which it runs

    // finish_in_await_order
    bool has_waited = false;
    std::size_t lines_before = 0; ///< how long the transcript was when its step began
    Gather* gather = nullptr;
    std::vector<std::string> held; ///< said, but believed to come later
};

} // namespace lab::model
