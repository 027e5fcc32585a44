// futures.cpp: completing, cancelling and gathering.
#include "interpreter.hpp"

#include <algorithm>
#include <utility>

namespace lab::model {

/// Completing runs nothing: who waits is put into the ready queue, in order (R4).
void Interpreter::complete(Future& future, const std::string& value, std::optional<Thrown> thrown) {
    future.done = true;
    future.value = value;
    future.thrown = std::move(thrown);
    for (auto& listener : std::exchange(future.listeners, {})) {
        if (switches_.inline_callbacks) {
            listener.call();
        } else {
            loop_.soon(std::move(listener.call));
        }
    }
}

void Interpreter::listen(Future& future, Task* waiter, std::function<void()> call) {
    if (future.done) {
        loop_.soon(std::move(call));
    } else {
        future.listeners.push_back({waiter, std::move(call)});
    }
}

/// A request (R10). Returns: whether it was accepted.
bool Interpreter::cancel(Future& future) {
    if (future.done) {
        return false;
    }
    if (auto* task = dynamic_cast<Task*>(&future)) {
        return cancel_task(*task);
    }
    if (auto* gather = dynamic_cast<Gather*>(&future)) {
        bool accepted = false;
        for (Future* child : gather->children) {
            accepted = cancel(*child) || accepted;
        }
        gather->cancel_requested = gather->cancel_requested || accepted;
        return accepted;
    }
    if (auto* job = dynamic_cast<JobFuture*>(&future)) {
        cancel_job(*job);
    }
    complete(future, {}, Thrown{.cancelled = true, .text = "cancelled"});
    return true;
}

bool Interpreter::cancel_task(Task& task) {
    if (task.host != nullptr) {
        return cancel(*task.host);
    }
    if (std::exchange(task.asked, true)) {
        return false; // tasks that wait for each other in a circle
    }
    const bool at_once = switches_.instant_cancel && cancel_at_once(task);
    if (!at_once) {
        if (task.waits_on == nullptr || !cancel(*task.waits_on)) {
            task.must_cancel = true; // CancelledError is due at the next step
        }
        queue_first_step(task); // start_on_await: one that was never awaited must end too
    }
    task.asked = false;
    return true;
}

/// instant_cancel: CancelledError is thrown into the task here and now.
bool Interpreter::cancel_at_once(Task& task) {
    if (task.running) {
        return false; // its own step: the error is thrown where the step goes on
    }
    if (Future* const awaited = std::exchange(task.waits_on, nullptr)) {
        std::erase_if(awaited->listeners,
                      [&](const Future::Listener& listener) { return listener.waiter == &task; });
        cancel(*awaited);
    }
    task.queued = true;
    task.must_cancel = true;
    step(task);
    return true;
}

Future& Interpreter::new_future() {
    owned_.push_back(std::make_unique<Future>());
    return *owned_.back();
}

Gather& Interpreter::new_gather() {
    auto made = std::make_unique<Gather>();
    Gather& gather = *made;
    owned_.push_back(std::move(made));
    return gather;
}

/// One that is done already posts its callback now, between the first steps of its neighbours.
void Interpreter::add_child(Gather& gather, Future& child) {
    gather.items.push_back(&child);
    const auto& known = gather.children;
    if (std::find(known.begin(), known.end(), &child) != known.end()) {
        return;
    }
    gather.children.push_back(&child);
    listen(child, nullptr, [this, &gather, &child] { child_done(gather, child); });
}

void Interpreter::child_done(Gather& gather, Future& child) {
    gather.finished.push_back(&child);
    if (gather.done) {
        return;
    }
    if (child.thrown && !gather.settled) {
        complete(gather, {}, child.thrown);
        if (switches_.gather_cancels) {
            for (Future* sibling : gather.children) {
                cancel(*sibling);
            }
        }
        return;
    }
    if (gather.finished.size() < gather.children.size()) {
        return;
    }
    if (gather.cancel_requested) { // all children went on to an end of their own
        complete(gather, {}, Thrown{.cancelled = true, .text = "cancelled"});
    } else {
        complete(gather, results_of(gather, switches_.gather_completion_order), {});
    }
}

/// In the order of the arguments (R17), or of finishing (M08).
std::string Interpreter::results_of(const Gather& gather, bool in_finish_order) {
    std::vector<std::string> values;
    for (const Future* future : in_finish_order ? gather.finished : gather.items) {
        values.push_back(future->outcome());
    }
    return list_of(values);
}

} // namespace lab::model
