// steps.cpp: what each step of a body does.
#include "interpreter.hpp"

#include <stdexcept>
#include <utility>

namespace lab::model {

using Op = Step::Op;

Interpreter::Flow Interpreter::execute(Task& task, const Step& step) {
    if (execute_simple(task, step)) {
        return Flow::goes_on;
    }
    switch (step.op) {
    case Op::block:
        return block(task, step.delay);
    case Op::create_task:
        return create(task, step);
    case Op::attempt:
        task.frames.push_back({.kind = Frame::Kind::attempt, .body = &step.body, .step = &step});
        return Flow::goes_on;
    case Op::co_return_:
        return give(task, filled(task, step.text));
    case Op::fail:
        raise(task, {.cancelled = false, .text = step.text});
        return Flow::goes_on;
    case Op::thread_pool:
    case Op::process_pool:
        make_pool(task, step);
        return Flow::goes_on;
    case Op::run_in_executor:
        run_in_executor(task, step);
        return Flow::goes_on;
    case Op::nested_run:
        return refuse_nested_run(task, step);
    case Op::cancel:
        execute_on_names(step);
        if (switches_.instant_cancel && std::exchange(task.must_cancel, false)) {
            raise(task, {.cancelled = true, .text = "cancelled"}); // it cancelled itself
        }
        return Flow::goes_on;
    default:
        break;
    }
    if (task.is_callback) {
        throw std::invalid_argument("a callback cannot wait: it is no coroutine");
    }
    switch (step.op) {
    case Op::sleep:
        return sleep(task, step.delay);
    case Op::await_name:
        return await_name(task, step.name);
    case Op::await_coro:
        return await_coro(task, step.body);
    default:
        return gather(task, step);
    }
}

/// The steps that neither wait nor throw. Returns: false if this is another one.
bool Interpreter::execute_simple(Task& task, const Step& step) {
    switch (step.op) {
    case Op::say:
        observed_.transcript.push_back({loop_.now(), filled(task, step.text)});
        return true;
    case Op::stop:
        stopping_ = true;
        return true;
    case Op::call_without_await:
        never_awaited(step.text);
        return true;
    case Op::reraise:
        for (auto frame = task.frames.rbegin(); frame != task.frames.rend(); ++frame) {
            if (frame->kind == Frame::Kind::handler) {
                raise(task, Thrown(*frame->caught));
                return true;
            }
        }
        throw std::invalid_argument("reraise stands in no handler");
    case Op::call_soon:
    case Op::call_later:
        schedule(step);
        return true;
    case Op::call_soon_threadsafe:
    case Op::on_signal:
    case Op::raise_at:
        hear_from_outside(step);
        return true;
    case Op::create_future:
    case Op::set_result:
    case Op::set_exception:
    case Op::on_done:
        execute_on_names(step);
        return true;
    default:
        return false;
    }
}

/// The steps that look something up. What has no name yet is left alone: wrong machines name things
/// late.
void Interpreter::execute_on_names(const Step& step) {
    if (step.op == Op::create_future) {
        names_[step.name] = {.future = &new_future(), .callback = 0};
        return;
    }
    const Named named = names_.contains(step.name) ? names_.at(step.name) : Named{};
    if (step.op == Op::cancel && named.callback != 0) {
        loop_.cancel(named.callback);
    }
    if (named.future == nullptr) {
        return;
    }
    if (step.op == Op::cancel) {
        cancel(*named.future);
    } else if (step.op == Op::set_result && !named.future->done) {
        complete(*named.future, step.text, {});
    } else if (step.op == Op::set_exception && !named.future->done) {
        complete(*named.future, {}, Thrown{.cancelled = false, .text = step.text});
    } else if (step.op == Op::on_done) {
        add_done_callback(*named.future, step.body);
    }
}

void Interpreter::add_done_callback(Future& future, const Body& body) {
    if (future.done && switches_.late_callback_lost) {
        return;
    }
    const auto callback = [this, &future, &body] { run_callback(body, future.outcome()); };
    if (future.done && switches_.late_callback_now) {
        callback();
    } else {
        listen(future, nullptr, callback);
    }
}

void Interpreter::schedule(const Step& step) {
    const auto callback = [this, &step] { run_callback(step.body); };
    Loop::Number number = 0;
    if (step.op == Op::call_later) {
        number = loop_.later(step.delay, callback);
    } else if (switches_.call_now) {
        callback();
    } else {
        number = loop_.soon(callback);
    }
    if (!step.name.empty()) {
        names_[step.name] = {.future = nullptr, .callback = number};
    }
}

/// Posts and signals.
void Interpreter::hear_from_outside(const Step& step) {
    if (step.op == Op::call_soon_threadsafe) {
        loop_.post([this, &step] { run_callback(step.body); });
    } else if (step.op == Op::on_signal) {
        signal_handlers_[step.number] = &step.body;
    } else {
        loop_.arrive_at(step.delay, [this, signal = step.number] {
            if (const auto found = signal_handlers_.find(signal); found != signal_handlers_.end()) {
                run_callback(*found->second);
            }
        });
    }
}

void Interpreter::never_awaited(const std::string& function) {
    observed_.warnings.push_back(
        {loop_.now(), "never_awaited", "coroutine '" + function + "' was never awaited"});
}

Interpreter::Flow Interpreter::refuse_nested_run(Task& task, const Step& step) {
    const std::string text = "run() cannot be called from a running event loop";
    observed_.warnings.push_back({loop_.now(), "nested_run", text});
    never_awaited(step.text);
    raise(task, {.cancelled = false, .text = text});
    return Flow::goes_on;
}

Frame* Interpreter::call_frame(Task& task) {
    for (auto frame = task.frames.rbegin(); frame != task.frames.rend(); ++frame) {
        if (frame->kind == Frame::Kind::call) {
            return &*frame;
        }
    }
    return nullptr;
}

std::string Interpreter::filled(const Task& task, const std::string& text) const {
    std::string full = text;
    const Frame* frame = call_frame(const_cast<Task&>(task));
    for (auto place = full.find("{}"); place != full.npos;
         place = full.find("{}", place + frame->result.size())) {
        full.replace(place, 2, frame->result);
    }
    return full;
}

} // namespace lab::model
