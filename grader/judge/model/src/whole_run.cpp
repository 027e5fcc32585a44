// whole_run.cpp: from the start of main to the closed loop (R11).
#include "interpreter.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace lab::model {
namespace {

/// Returns: the lines by their times; those of one instant keep their order.
Transcript by_time(const Transcript& lines) {
    Transcript sorted;
    for (const Line& line : lines) {
        const auto place =
            std::upper_bound(sorted.begin(), sorted.end(), line,
                             [](const Line& a, const Line& b) { return a.at < b.at; });
        sorted.insert(place, line);
    }
    return sorted;
}

} // namespace

/// Throws: Cut in a deadlock.
void Interpreter::turn_until_stopped() {
    do {
        if (!loop_.turn()) {
            throw Cut{.end = End::deadlock, .text = {}};
        }
    } while (!stopping_);
    stopping_ = false;
}

/// Turns until `future` is done and that has come through the ready queue. Throws: Cut in a
/// deadlock, and if a stop() comes first.
void Interpreter::turn_until(Future& future) {
    const auto listening = std::make_shared<bool>(true);
    listen(future, nullptr, [this, listening] { stopping_ = stopping_ || *listening; });
    turn_until_stopped();
    if (!future.done) {
        *listening = false;
        throw Cut{.end = End::error, .text = "event loop stopped before future completed"};
    }
}

void Interpreter::two_turns() {
    loop_.soon([this] { loop_.soon([this] { stopping_ = true; }); });
    turn_until_stopped();
}

/// What is left is cancelled and may clean up; then the loop is closed. Throws: Cut.
void Interpreter::shut_down() {
    std::vector<Future*> left;
    std::copy_if(tasks_.begin(), tasks_.end(), std::back_inserter(left),
                 [](const Task* task) { return !task->done; });
    for (Future* task : left) {
        cancel(*task);
    }
    Gather& all = new_gather();
    all.settled = true;
    for (Future* task : left) {
        add_child(all, *task);
    }
    if (!left.empty()) {
        turn_until(all);
    }
    for (const Future* task : left) {
        if (task->thrown && !task->thrown->cancelled) { // R15: nobody else will ask for it
            observed_.warnings.push_back(
                {loop_.now(), "exception_in_callback",
                 "a task failed while run() was ending: " + task->thrown->text});
        }
    }
    two_turns(); // asyncio.run has a task for its async generators, ...
    if (default_pool_ != nullptr) {
        shut_down_default_pool();
    } else {
        two_turns(); // ... and one for its executor even if it has none
    }
}

Observed Interpreter::run() {
    Task& main = new_task("main", program_.main);
    names_["main"] = {.future = &main, .callback = 0};
    tasks_.push_back(&main);
    queue_first_step(main);

    std::optional<Cut> cut;
    const auto unless_cut = [&cut](const auto& stretch) {
        try {
            stretch();
        } catch (const Cut& met) {
            cut = cut ? cut : met;
        }
    };
    unless_cut([&] { turn_until(main); });
    if (!cut && switches_.loop_never_closes) {
        while (loop_.turn()) {
        }
    } else if (!cut || cut->end != End::deadlock) {
        unless_cut([this] { shut_down(); });
    }
    loop_.let_jobs_end();
    for (Task* task : tasks_) {
        release(*task);
    }
    if (cut) {
        observed_.end = cut->end;
        observed_.error = cut->text;
    } else if (main.thrown) {
        observed_.end = main.thrown->cancelled ? End::cancelled : End::error;
        observed_.error = main.thrown->text;
    }
    if (switches_.exact_timers) { // each timer had a time of its own
        observed_.transcript = by_time(observed_.transcript);
    }
    return std::move(observed_);
}

Observed observe(const Program& program, const Switches& switches) {
    for (const Belief& belief : beliefs()) {
        if (switches.*belief.field && !belief.modelled) {
            throw std::invalid_argument("the switch " + belief.name + " (" + belief.code +
                                        ") is not modelled yet");
        }
    }
    return Interpreter(program, switches).run();
}

Transcript run(const Program& program, const Switches& switches) {
    return observe(program, switches).transcript;
}

} // namespace lab::model
