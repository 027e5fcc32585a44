// interpreter.cpp: the life of a task: its first step, its frames, its end.
#include "interpreter.hpp"

#include <utility>

namespace lab::model {

std::string list_of(const std::vector<std::string>& values) {
    std::string list;
    for (const std::string& value : values) {
        list += (&value == values.data() ? "" : ", ") + value;
    }
    return "[" + list + "]";
}

Interpreter::Interpreter(const Program& program, const Switches& switches)
    : program_(program), switches_(switches), loop_(switches_, pools_) {
    note_awaited_names(program.main);
}

Task& Interpreter::new_task(const std::string& name, const Body& body) {
    auto made = std::make_unique<Task>();
    Task& task = *made;
    owned_.push_back(std::move(made));
    task.name = name;
    task.frames.push_back({.kind = Frame::Kind::call, .body = &body});
    return task;
}

/// create_task: the first step goes to the back of the ready queue (R2).
void Interpreter::start(Task& task) {
    tasks_.push_back(&task);
    if (switches_.eager_tasks) {
        task.queued = true;
        step(task);
    } else if (!switches_.start_on_await) {
        queue_first_step(task);
    }
}

void Interpreter::queue_first_step(Task& task) {
    if (!std::exchange(task.queued, true)) {
        loop_.soon(next_step(task));
    }
}

std::function<void()> Interpreter::next_step(Task& task) {
    return [this, &task, ticket = ++task.ticket] {
        if (task.ticket == ticket && !task.done) {
            step(task);
        }
    };
}

void Interpreter::step(Task& task) {
    ++task.ticket;
    task.lines_before = observed_.transcript.size();
    Future* const awaited = std::exchange(task.waits_on, nullptr);
    loop_.cancel(
        std::exchange(task.sleep_timer, 0)); // a sleep that is left early takes its timer along
    const bool first = !std::exchange(task.started, true);
    const bool after_block = std::exchange(task.blocked, false);
    const bool itself = std::exchange(task.awaits_itself, false);

    if (!after_block && std::exchange(task.must_cancel, false)) {
        if (first) { // cancelled before its first step: the body never runs (R10)
            finish(task, {}, Thrown{.cancelled = true, .text = "cancelled"});
            return;
        }
        raise(task, {.cancelled = true, .text = "cancelled"});
    } else if (awaited != nullptr) {
        receive(task, *awaited);
    } else if (itself) {
        raise(task, {.cancelled = false, .text = "a task cannot await itself"});
    }
    run_frames(task);
}

void Interpreter::run_frames(Task& task) {
    const bool outer = std::exchange(task.running, true);
    while (!task.done) {
        Frame& frame = task.frames.back();
        Flow flow = Flow::goes_on;
        if (frame.kind == Frame::Kind::chain) {
            flow = next_of_chain(task);
        } else if (JobFuture* const due = due_at_last(task)) {
            flow = await(task, *due);
        } else if (frame.next == frame.body->size()) {
            leave_frame(task, {});
        } else {
            const Step& next = (*frame.body)[frame.next++];
            flow = execute(task, next);
        }
        if (flow == Flow::suspended) {
            task.has_waited = true;
            break;
        }
    }
    task.running = outer;
    if (!task.done && task.must_cancel && task.waits_on != nullptr && cancel(*task.waits_on)) {
        task.must_cancel = false; // it was cancelled while it ran, and then waited
    }
}

/// `result`: what {} stands for.
void Interpreter::run_callback(const Body& body, const std::string& result) {
    Task& task = new_task({}, body);
    task.frames.back().result = result;
    task.is_callback = true;
    task.started = true;
    run_frames(task);
}

/// The innermost body is over. `value`: the result, if it is a function's.
void Interpreter::leave_frame(Task& task, const std::string& value) {
    const Frame left = leave(task);
    if (left.completes != nullptr) {
        finish(*left.completes, value, {});
    } else if (task.frames.empty()) {
        finish(task, value, {});
    } else if (left.kind == Frame::Kind::call) {
        set_result(task, value);
    }
}

/// An await is over: its value is what {} stands for from now on.
void Interpreter::set_result(Task& task, const std::string& value) {
    if (task.frames.back().kind == Frame::Kind::chain) {
        task.frames.back().results.push_back(value);
    } else {
        call_frame(task)->result = value;
    }
}

/// Unwinds the frames to the first handler that takes the error.
void Interpreter::raise(Task& task, const Thrown& thrown) {
    while (!task.frames.empty()) {
        if (task.frames.back().is_settled_chain()) {
            task.frames.back().results.push_back(thrown.text);
            return;
        }
        const Frame left = leave(task);
        if (left.kind == Frame::Kind::attempt) {
            const Catch wanted = left.step->catches;
            const bool fits =
                wanted == Catch::anything || (wanted == Catch::cancelled) == thrown.cancelled;
            if (fits) {
                call_frame(task)->result = thrown.text;
                task.frames.push_back(
                    {.kind = Frame::Kind::handler, .body = &left.step->handler, .caught = thrown});
                return;
            }
        }
        if (left.completes != nullptr) {
            finish(*left.completes, {}, thrown);
        }
    }
    finish(task, {}, thrown);
}

void Interpreter::finish(Task& task, const std::string& value, std::optional<Thrown> thrown) {
    task.frames.clear();
    if (task.is_callback) {
        task.done = true;
        if (thrown) { // R15: the loop's exception handler is told
            observed_.warnings.push_back(
                {loop_.now(), "exception_in_callback", "exception in callback: " + thrown->text});
        }
        return;
    }
    if (!thrown && task.must_cancel) { // it returned while a request was due
        thrown = Thrown{.cancelled = true, .text = "cancelled"};
    }
    hold_back(task);
    complete(task, value, std::move(thrown));
    if (task.gather != nullptr) {
        release_in_order(*task.gather);
    }
}

} // namespace lab::model
