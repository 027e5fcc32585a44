// held_lines.cpp: finish_in_await_order, the belief that the order of the awaits is the order of
// finishing.
//
// What a task says in its last step is kept back: until somebody awaits it, or, in a gather, until
// the arguments before it are done.
#include "interpreter.hpp"

#include <algorithm>

namespace lab::model {

void Interpreter::note_awaited_names(const Body& body) {
    if (!switches_.finish_in_await_order) {
        return;
    }
    for (const Step& step : body) {
        if (step.op == Step::Op::await_name) {
            awaited_names_.insert(step.name);
        }
        for (const Awaitable& item : step.items) {
            if (const auto* coro = std::get_if<Coro>(&item)) {
                note_awaited_names(coro->body);
            } else {
                awaited_names_.insert(std::get<std::string>(item));
            }
        }
        note_awaited_names(step.body);
        note_awaited_names(step.handler);
    }
}

void Interpreter::hold_back(Task& task) {
    if (!switches_.finish_in_await_order || !task.has_waited) {
        return;
    }
    const bool awaited_now =
        std::any_of(task.listeners.begin(), task.listeners.end(),
                    [](const Future::Listener& listener) { return listener.waiter != nullptr; });
    if (task.gather == nullptr && (awaited_now || !awaited_names_.contains(task.name))) {
        return;
    }
    auto& lines = observed_.transcript;
    const auto before = std::min(task.lines_before, lines.size());
    const auto first = lines.begin() + static_cast<std::ptrdiff_t>(before);
    std::transform(first, lines.end(), std::back_inserter(task.held),
                   [](const Line& line) { return line.text; });
    lines.erase(first, lines.end());
}

void Interpreter::release(Task& task) {
    for (const std::string& text : task.held) {
        observed_.transcript.push_back({loop_.now(), text});
    }
    task.held.clear();
}

void Interpreter::release_in_order(const Gather& gather) {
    for (Future* child : gather.children) {
        if (!child->done) {
            return;
        }
        if (auto* task = dynamic_cast<Task*>(child)) {
            release(*task);
        }
    }
}

} // namespace lab::model
