// gather.cpp: how the model waits for several things at once.
#include "interpreter.hpp"

#include <algorithm>

namespace lab::model {

using State = Fut::State;

namespace {

std::vector<FutPtr> without_repeats(const std::vector<FutPtr>& children) {
    std::vector<FutPtr> distinct;
    for (const FutPtr& child : children) {
        if (std::find(distinct.begin(), distinct.end(), child) == distinct.end()) {
            distinct.push_back(child);
        }
    }
    return distinct;
}

} // namespace

Interpreter::Flow Interpreter::gather(const TaskPtr& task, const Step& step) {
    if (loop_.on(Switch::sequential_await)) { // one after another: the last one is on top, so push
                                              // from the back
        for (auto item = step.items.rbegin(); item != step.items.rend(); ++item) {
            const bool named = names_.contains(*item);
            if (named && !names_.at(*item)->done()) {
                const auto child = std::dynamic_pointer_cast<Task>(names_.at(*item));
                task->frames.push_back(
                    {.body = child->frames[0].body, .is_call = true, .completes = child});
            } else if (!named) {
                task->frames.push_back({.body = &function(*item), .is_call = true});
            }
        }
        return Flow::next;
    }
    return await(task, make_gather(task, step));
}

FutPtr Interpreter::make_gather(const TaskPtr& task, const Step& step) {
    std::vector<FutPtr> children;
    for (const std::string& item : step.items) {
        const bool named = names_.contains(item);
        const FutPtr child = named ? names_.at(item) : start(item);
        if (const auto waiting = std::dynamic_pointer_cast<Task>(child);
            waiting != nullptr && !std::exchange(waiting->queued_once, true)) {
            queue_step(waiting);
        }
        children.push_back(child);
    }
    const auto outer = std::make_shared<Fut>();
    const auto asked = std::make_shared<bool>(false);
    outer->cancel_instead = [this, children, asked] {
        for (const FutPtr& child : children) {
            *asked = request_cancel(child) || *asked;
        }
        return *asked;
    };
    task->results.clear();
    if (children.empty()) {
        outer->state = State::finished;
    }
    const std::vector<FutPtr> distinct = without_repeats(children);
    const auto finished = std::make_shared<std::vector<std::string>>();
    const auto left = std::make_shared<std::size_t>(distinct.size());
    for (const FutPtr& child : distinct) {
        loop_.listen(*child, [this, task, outer, children, child, finished, left, asked] {
            --*left;
            if (!outer->done() && child->state == State::finished && *left == 0 && *asked) {
                loop_.complete(*outer, State::cancelled, "");
                return;
            }
            gather_child_ended(task, outer, children, child, finished);
        });
    }
    return outer;
}

void Interpreter::gather_child_ended(const TaskPtr& task, const FutPtr& outer,
                                     const std::vector<FutPtr>& children, const FutPtr& child,
                                     const std::shared_ptr<std::vector<std::string>>& finished) {
    finished->push_back(child->value);
    if (outer->done()) {
        return;
    }
    if (child->state != State::finished) {
        if (loop_.on(Switch::gather_cancels)) {
            for (const FutPtr& sibling : children) {
                request_cancel(sibling);
            }
        }
        loop_.complete(*outer, child->state, child->value);
        return;
    }
    const auto ended =
        std::count_if(children.begin(), children.end(), [](const FutPtr& c) { return c->done(); });
    if (static_cast<std::size_t>(ended) < children.size() ||
        finished->size() < without_repeats(children).size()) {
        return;
    }
    if (loop_.on(Switch::gather_completion_order)) {
        task->results = *finished;
    } else {
        for (const FutPtr& c : children) {
            task->results.push_back(c->value);
        }
    }
    loop_.complete(*outer, State::finished, "");
}

} // namespace lab::model
