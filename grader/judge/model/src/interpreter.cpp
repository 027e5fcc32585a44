// interpreter.cpp: what each step does, to the turn as the rule book and CPython 3.11 have it.
#include "interpreter.hpp"

#include <algorithm>
#include <stdexcept>

namespace lab::model {

using Op = Step::Op;
using State = Fut::State;

Interpreter::Interpreter(const Program& program, const Switches& switches)
    : program_(program), loop_(switches) {
    for (const Step& step : program.main) {
        if (step.op == Op::await) {
            await_order_.push_back(step.name);
        }
    }
}

const Body& Interpreter::function(const std::string& name) const {
    const auto found = program_.functions.find(name);
    if (found == program_.functions.end()) {
        throw std::logic_error("there is no function '" + name + "'");
    }
    return found->second;
}

Fut& Interpreter::thing(const std::string& name) {
    const auto found = names_.find(name);
    if (found == names_.end()) {
        throw std::logic_error("nothing is called '" + name + "' yet");
    }
    return *found->second;
}

void Interpreter::speak(Task* task, const std::string& text) {
    const auto place = task != nullptr
                           ? std::find(await_order_.begin(), await_order_.end(), task->name)
                           : await_order_.end();
    if (loop_.on(Switch::finish_in_await_order) && place != await_order_.end() &&
        task->has_waited) {
        const bool too_early =
            std::any_of(await_order_.begin(), place, [this](const std::string& earlier) {
                return names_.contains(earlier) && !names_.at(earlier)->done();
            });
        if (too_early) {
            held_.push_back({task->name, text});
            return;
        }
    }
    outcome_.lines.push_back({loop_.stamp.value_or(loop_.now), text});
}

void Interpreter::release_held_lines() {
    for (const std::string& name : await_order_) {
        if (!names_.contains(name) || !names_.at(name)->done()) {
            return;
        }
        for (const Held& line : held_) {
            if (line.task == name) {
                outcome_.lines.push_back({loop_.now, line.text});
            }
        }
        std::erase_if(held_, [&](const Held& line) { return line.task == name; });
    }
}

TaskPtr Interpreter::start(const std::string& function_name, std::string name) {
    const auto task = std::make_shared<Task>();
    task->name = std::move(name);
    task->function = function_name;
    task->frames.push_back(
        {.body = function_name.empty() ? &program_.main : &function(function_name),
         .is_call = true});
    task->cancel_instead = [this, weak = std::weak_ptr(task)] {
        const auto self = weak.lock();
        if (self->asking) {
            return false; // tasks that wait for each other in a circle: the request has come round
        }
        self->asking = true;
        const bool accepted = self->waits_on != nullptr && request_cancel(self->waits_on);
        self->asking = false;
        if (accepted) {
            return true;
        }
        self->must_cancel = true;
        return true;
    };
    tasks_.push_back(task);
    const bool waits_for_await =
        loop_.on(Switch::start_on_await) || loop_.on(Switch::sequential_await);
    if (!task->name.empty() && waits_for_await) {
        return task;
    }
    task->queued_once = true;
    if (loop_.on(Switch::eager_tasks) && !function_name.empty()) {
        run_step(task);
    } else {
        queue_step(task);
    }
    return task;
}

void Interpreter::queue_step(const TaskPtr& task, bool front) {
    loop_.push([this, task] { run_step(task); }, front);
}

void Interpreter::run_step(const TaskPtr& task) {
    if (task->done()) {
        return;
    }
    const FutPtr waited = std::exchange(task->waits_on, nullptr);
    if (task->on_resume) {
        std::exchange(task->on_resume, nullptr)();
    }
    const bool first = task->frames.size() == 1 && task->frames[0].next == 0 && !task->has_waited;
    const bool cancelled = std::exchange(task->must_cancel, false);
    if (cancelled && first) {
        end(task, State::cancelled, "");
        return;
    }
    if (cancelled) {
        unwind(task, {State::cancelled, ""});
    } else if (waited != nullptr && waited->state != State::finished) {
        unwind(task, {waited->state, waited->value});
    }
    while (!task->done()) {
        Frame& frame = task->frames.back();
        if (frame.next == frame.body->size()) {
            leave_frame(task, "");
            continue;
        }
        const Step& step = (*frame.body)[frame.next++];
        if (execute(task, step) == Flow::suspended) {
            task->has_waited = true;
            if (task->must_cancel && task->waits_on != nullptr && request_cancel(task->waits_on)) {
                task->must_cancel = false;
            }
            return;
        }
    }
}

void Interpreter::end(const TaskPtr& task, State state, const std::string& value) {
    const bool cancelled = state == State::finished && task->must_cancel;
    task->frames.clear();
    loop_.complete(*task, cancelled ? State::cancelled : state, cancelled ? "" : value);
    release_held_lines();
}

void Interpreter::unwind(const TaskPtr& task, const Thrown& thrown) {
    while (!task->frames.empty()) {
        const Frame frame = task->frames.back();
        task->frames.pop_back();
        if (frame.completes != nullptr) {
            loop_.complete(*frame.completes, thrown.state, thrown.text);
        }
        if (frame.handler != nullptr) {
            task->frames.push_back({.body = frame.handler});
            return;
        }
    }
    end(task, thrown.state, thrown.text);
}

void Interpreter::leave_frame(const TaskPtr& task, const std::string& value) {
    const Frame frame = task->frames.back();
    task->frames.pop_back();
    if (frame.completes != nullptr) {
        loop_.complete(*frame.completes, State::finished, value);
    }
    if (task->frames.empty()) {
        end(task, State::finished, value);
    }
}

bool Interpreter::yields_first(const TaskPtr& task) {
    Frame& frame = task->frames.back();
    if (!loop_.on(Switch::every_await_yields) || std::exchange(frame.yielded, true)) {
        frame.yielded = false;
        return false;
    }
    --frame.next; // the same step again, a turn later
    queue_step(task);
    return true;
}

Interpreter::Flow Interpreter::execute(const TaskPtr& task, const Step& step) {
    switch (step.op) {
    case Op::sleep:
        return sleep(task, step.delay);
    case Op::block:
        if (loop_.on(Switch::parallel_blocks)) {
            return sleep(task, step.delay);
        }
        break;
    case Op::await:
        return await_name(task, step);
    case Op::call:
        if (yields_first(task)) {
            return Flow::suspended;
        }
        task->frames.push_back({.body = &function(step.text), .is_call = true});
        return Flow::next;
    case Op::gather:
        return gather(task, step);
    case Op::attempt:
        task->frames.push_back({.body = &step.body, .handler = &step.handler});
        return Flow::next;
    case Op::give:
        while (!task->frames.back().is_call) {
            task->frames.pop_back();
        }
        leave_frame(task, step.text);
        return Flow::next;
    case Op::nested_run:
        outcome_.warnings.push_back("run() cannot be called from a running event loop");
        outcome_.warnings.push_back("coroutine '" + step.text + "' was never awaited");
        unwind(task, {State::failed, "run() cannot be called from a running event loop"});
        return Flow::next;
    case Op::fail:
        unwind(task, {State::failed, step.text});
        return Flow::next;
    default:
        break;
    }
    execute_simple(task.get(), step);
    return Flow::next;
}

/// The steps that never wait: callbacks may have them too. Returns: false for the others.
bool Interpreter::execute_simple(Task* task, const Step& step) {
    switch (step.op) {
    case Op::say:
        speak(task, step.text);
        return true;
    case Op::say_results: {
        std::string list;
        for (const std::string& result :
             task != nullptr ? task->results : std::vector<std::string>()) {
            list += (list.empty() ? "" : ", ") + result;
        }
        speak(task, step.text + " [" + list + "]");
        return true;
    }
    case Op::block:
        loop_.now += step.delay;
        return true;
    case Op::create:
        names_[step.name] = start(step.text, step.name);
        return true;
    case Op::drop:
        outcome_.warnings.push_back("coroutine '" + step.text + "' was never awaited");
        return true;
    case Op::cancel:
        thing(step.name);
        request_cancel(names_.at(step.name));
        return true;
    case Op::soon:
        if (loop_.on(Switch::call_now)) {
            run_callback(step.body);
        } else {
            loop_.push([this, &step] { run_callback(step.body); });
        }
        return true;
    case Op::later:
        loop_.push_timer(step.delay, [this, &step] { run_callback(step.body); });
        return true;
    case Op::future:
        names_[step.name] = std::make_shared<Fut>();
        return true;
    case Op::complete:
        if (!thing(step.name).done()) {
            loop_.complete(thing(step.name), State::finished, "");
        }
        return true;
    default:
        return false;
    }
}

void Interpreter::run_callback(const Body& body) {
    for (const Step& step : body) {
        if (!execute_simple(nullptr, step)) {
            throw std::logic_error("a callback cannot wait");
        }
    }
}

Interpreter::Flow Interpreter::sleep(const TaskPtr& task, ms delay) {
    if (loop_.on(Switch::global_sleep)) {
        loop_.now += delay;
        return Flow::next;
    }
    if (delay <= ms{0}) {
        queue_step(task, loop_.on(Switch::zero_first));
        return Flow::suspended;
    }
    const auto alarm = std::make_shared<Fut>();
    const std::size_t timer = loop_.push_timer(delay, [this, alarm] {
        if (!alarm->done()) {
            loop_.complete(*alarm, State::finished, "");
        }
    });
    await(task, alarm);
    task->on_resume = [this, timer] { loop_.cancel_timer(timer); };
    return Flow::suspended;
}

Interpreter::Flow Interpreter::await(const TaskPtr& task, const FutPtr& future) {
    if (future->done()) {
        if (future->state != State::finished) {
            unwind(task, {future->state, future->value});
        }
        return Flow::next;
    }
    task->waits_on = future;
    future->listeners.push_back([this, task] { run_step(task); });
    return Flow::suspended;
}

Interpreter::Flow Interpreter::await_name(const TaskPtr& task, const Step& step) {
    thing(step.name);
    const FutPtr future = names_.at(step.name);
    const auto child = std::dynamic_pointer_cast<Task>(future);
    if (child == task) {
        unwind(task, {State::failed, "a task cannot await itself"});
        return Flow::next;
    }
    if (child != nullptr && loop_.on(Switch::sequential_await) && !child->done() &&
        !child->queued_once) {
        child->queued_once = true;
        task->frames.push_back(
            {.body = child->frames[0].body, .is_call = true, .completes = child});
        return Flow::next;
    }
    if (child != nullptr && !std::exchange(child->queued_once, true)) { // start_on_await
        queue_step(child);
    }
    if (future->done() && yields_first(task)) {
        return Flow::suspended;
    }
    return await(task, future);
}

bool Interpreter::request_cancel(const FutPtr& future) {
    if (future->done()) {
        return false;
    }
    const bool accepted = future->cancel_instead ? future->cancel_instead() : true;
    if (!future->cancel_instead) {
        loop_.complete(*future, State::cancelled, "");
    }
    if (const auto task = std::dynamic_pointer_cast<Task>(future);
        task != nullptr && loop_.on(Switch::instant_cancel) && nested_ == 0) {
        ++nested_;
        run_step(task);
        --nested_;
    }
    return accepted;
}

void Interpreter::turn_until(const TaskPtr& task) {
    bool stop = false;
    loop_.listen(*task, [&stop] { stop = true; });
    while (!stop) {
        if (!loop_.turn()) {
            throw std::runtime_error("deadlock");
        }
    }
}

// What run() does when main has ended: leftovers are cancelled and awaited, then one empty task
// more.
void Interpreter::close() {
    std::vector<TaskPtr> left;
    std::copy_if(tasks_.begin(), tasks_.end(), std::back_inserter(left),
                 [](const TaskPtr& t) { return !t->done(); });
    if (loop_.on(Switch::loop_never_closes)) {
        while (loop_.turn()) {
        }
        return;
    }
    for (const TaskPtr& task : left) {
        request_cancel(task);
    }
    static const Body nothing;
    const auto helper = [this](const Body& body) {
        const auto task = std::make_shared<Task>();
        task->frames.push_back({.body = &body, .is_call = true});
        task->queued_once = true;
        queue_step(task);
        return task;
    };
    if (!left.empty()) {
        Body waits; // for each in order, whatever it ends with
        for (std::size_t i = 0; i < left.size(); ++i) {
            const std::string name = "left over " + std::to_string(i);
            names_[name] = left[i];
            waits.push_back(attempt({model::await(name)}, {}));
        }
        turn_until(helper(waits));
    }
    turn_until(helper(nothing));
}

Outcome Interpreter::run() {
    try {
        const TaskPtr main = start("");
        turn_until(main);
        close();
        outcome_.end = main->state == State::finished    ? "ok"
                       : main->state == State::cancelled ? "cancelled"
                                                         : "error: " + main->value;
    } catch (const std::runtime_error&) {
        outcome_.end = "deadlock";
    }
    for (const TaskPtr& task : tasks_) { // pending tasks and what they wait for hold each other
        if (task->waits_on != nullptr) {
            task->waits_on->listeners.clear();
            task->waits_on->cancel_instead = nullptr;
        }
        task->listeners.clear();
    }
    if (loop_.on(Switch::exact_timers)) {
        Transcript sorted;
        for (Line& line : outcome_.lines) {
            const auto later = [](const Line& a, const Line& b) { return a.at < b.at; };
            const auto place = std::upper_bound(sorted.begin(), sorted.end(), line, later);
            sorted.insert(place, std::move(line));
        }
        outcome_.lines = std::move(sorted);
    }
    return outcome_;
}

} // namespace lab::model
