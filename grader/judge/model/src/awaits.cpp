// awaits.cpp: the steps at which a task may have to wait.
#include "interpreter.hpp"

#include <utility>

namespace lab::model {

Interpreter::Flow Interpreter::sleep(Task& task, ms delay) {
    if (delay <= ms{0}) { // one turn: to the back of the ready queue
        loop_.soon_without_delay(next_step(task));
        return Flow::suspended;
    }
    if (switches_.global_sleep) {
        loop_.push_back_sleepers(delay);
    }
    Future& alarm = new_future();
    alarm.alarm = true;
    const auto ring = [this, &alarm] {
        if (!alarm.done) {
            complete(alarm, {}, {});
        }
    };
    task.sleep_timer = loop_.later(delay, ring, true);
    return await(task, alarm);
}

Interpreter::Flow Interpreter::block(Task& task, ms span) {
    if (!switches_.parallel_blocks) {
        loop_.block(span);
        return Flow::goes_on;
    }
    if (span <= ms{0}) {
        return Flow::goes_on;
    }
    task.blocked = true; // only this one stands still, and cannot be reached
    task.queued = true;
    loop_.later(span, next_step(task));
    return Flow::suspended;
}

/// Goes on at once if `future` is done (R3), or else when its completion has come through the ready
/// queue.
Interpreter::Flow Interpreter::await(Task& task, Future& future) {
    if (future.done) {
        return receive(task, future);
    }
    task.waits_on = &future;
    listen(future, &task, next_step(task));
    return Flow::suspended;
}

Interpreter::Flow Interpreter::receive(Task& task, const Future& future) {
    if (future.thrown) {
        raise(task, *future.thrown);
    } else if (!future.alarm) {
        set_result(task, future.value);
    }
    return Flow::goes_on;
}

Future* Interpreter::future_named(const std::string& name) {
    const auto found = names_.find(name);
    return found != names_.end() ? found->second.future : nullptr;
}

Interpreter::Flow Interpreter::await_name(Task& task, const std::string& name) {
    Future* const future = future_named(name);
    if (future == nullptr) {
        return Flow::goes_on;
    }
    if (future == &task) { // refused, but through the ready queue: a cancel may come first
        task.awaits_itself = true;
        loop_.soon(next_step(task));
        return Flow::suspended;
    }
    if (auto* awaited = dynamic_cast<Task*>(future)) {
        queue_first_step(*awaited); // start_on_await; else it was queued long ago
        release(*awaited);
    }
    if (auto* job = dynamic_cast<JobFuture*>(future);
        job != nullptr && !job->done && switches_.executor_overlaps) {
        call_frame(task)->put_off.push_back(job);
        return Flow::goes_on;
    }
    if (future->done && takes_trip(task)) {
        return Flow::suspended;
    }
    return await(task, *future);
}

Interpreter::Flow Interpreter::await_coro(Task& task, const Body& body) {
    if (takes_trip(task)) {
        return Flow::suspended;
    }
    task.frames.push_back({.kind = Frame::Kind::call, .body = &body});
    return Flow::goes_on;
}

/// every_await_yields. Returns: true if the task goes through the ready queue first; then the step
/// comes again.
bool Interpreter::takes_trip(Task& task) {
    if (!switches_.every_await_yields || std::exchange(task.tripped, !task.tripped)) {
        return false;
    }
    --task.frames.back().next;
    loop_.soon(next_step(task));
    return true;
}

Interpreter::Flow Interpreter::gather(Task& task, const Step& step) {
    if (switches_.sequential_await) {
        task.frames.push_back({.kind = Frame::Kind::chain, .body = &step.body, .step = &step});
        return Flow::goes_on;
    }
    if (step.items.empty() && takes_trip(task)) {
        return Flow::suspended;
    }
    Gather& gather = new_gather();
    gather.settled = step.op == Step::Op::gather_settled;
    for (const Awaitable& item : step.items) { // from left to right (R17)
        if (const auto* coro = std::get_if<Coro>(&item)) {
            Task& child = new_task({}, coro->body);
            start(child);
            queue_first_step(child); // start_on_await: a gather awaits
            add_child(gather, child);
        } else if (Future* const named = future_named(std::get<std::string>(item))) {
            if (auto* child = dynamic_cast<Task*>(named)) {
                queue_first_step(*child);
            }
            add_child(gather, *named);
        }
    }
    for (Future* child : gather.children) {
        if (auto* part = dynamic_cast<Task*>(child)) {
            part->gather = &gather;
        }
    }
    if (gather.items.empty()) {
        complete(gather, list_of({}), {});
    }
    release_in_order(gather);
    return await(task, gather);
}

/// sequential_await: the next item of a gather, when the one before is over.
Interpreter::Flow Interpreter::next_of_chain(Task& task) {
    Frame& chain = task.frames.back();
    if (chain.next == chain.step->items.size()) {
        const std::string results = list_of(chain.results);
        task.frames.pop_back();
        set_result(task, results);
        return Flow::goes_on;
    }
    const Awaitable& item = chain.step->items[chain.next++];
    if (const auto* coro = std::get_if<Coro>(&item)) {
        return await_coro(task, coro->body);
    }
    return await_name(task, std::get<std::string>(item));
}

Interpreter::Flow Interpreter::create(Task& task, const Step& step) {
    Task& created = new_task(step.name, step.body);
    names_[step.name] = {.future = &created, .callback = 0};
    if (!switches_.sequential_await || task.is_callback) {
        start(created);
        return Flow::goes_on;
    }
    created.host = &task; // it runs here and now, as a part of this task
    created.queued = true;
    created.started = true;
    task.frames.push_back({.kind = Frame::Kind::call, .body = &step.body, .completes = &created});
    return Flow::goes_on;
}

Interpreter::Flow Interpreter::give(Task& task, const std::string& value) {
    while (task.frames.back().kind != Frame::Kind::call) {
        leave(task);
    }
    leave_frame(task, value);
    return Flow::goes_on;
}

} // namespace lab::model
