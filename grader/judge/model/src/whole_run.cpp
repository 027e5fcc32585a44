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

/// Turns until `future` is done and that has come through the ready queue. Returns: false in a
/// deadlock.
bool Interpreter::turn_until(Future& future) {
    bool stopped = false;
    listen(future, nullptr, [&stopped] { stopped = true; });
    while (!stopped) {
        if (!loop_.turn()) {
            return false;
        }
    }
    return true;
}

/// What is left is cancelled and may clean up; then the loop is closed. Returns: false in a
/// deadlock.
bool Interpreter::shut_down() {
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
    if (!left.empty() && !turn_until(all)) {
        return false;
    }
    for (const Future* task : left) {
        if (task->thrown && !task->thrown->cancelled) { // R15: nobody else will ask for it
            observed_.warnings.push_back(
                {loop_.now(), "exception_in_callback",
                 "a task failed while run() was ending: " + task->thrown->text});
        }
    }
    static const Body nothing;
    const auto two_turns = [this] { // asyncio.run has a task for its async generators, and one for
        Task& last = new_task({}, nothing); // its executor even if it has none
        queue_first_step(last);
        turn_until(last);
    };
    two_turns();
    if (default_pool_ != nullptr) {
        shut_down_default_pool();
    } else {
        two_turns();
    }
    return true;
}

Observed Interpreter::run() {
    Task& main = new_task("main", program_.main);
    tasks_.push_back(&main);
    queue_first_step(main);

    bool alive = turn_until(main);
    if (alive && switches_.loop_never_closes) {
        while (loop_.turn()) {
        }
    } else {
        alive = alive && shut_down();
    }
    loop_.let_jobs_end();
    for (Task* task : tasks_) {
        release(*task);
    }
    if (!alive) {
        observed_.end = End::deadlock;
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
