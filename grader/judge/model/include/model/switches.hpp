// switches.hpp: one switch for each wrong belief about the loop.
//
// A wrong prediction is the right one for another machine. With a switch on, the model is that
// machine.
#pragma once

#include <string>
#include <vector>

namespace lab::model {

/// Which beliefs the model follows. All off: the rules of the course.
struct Switches {
    // Starting and awaiting.
    bool eager_tasks = false;    ///< M03: create_task runs the first step at once
    bool start_on_await = false; ///< M04: a task gets into the ready queue when somebody awaits it
    bool sequential_await = false; ///< M02: create_task and gather wait for one thing after another
    bool finish_in_await_order =
        false; ///< M05: a task's last lines wait for the awaits before its own
    bool every_await_yields = false; ///< M07: each await takes a trip through the ready queue
    bool parallel_blocks = false;    ///< M06, M25: a block holds up nobody else
    bool global_sleep = false; ///< M18: a sleep pushes back other sleepers, a block every deadline
    // Turns and timers.
    bool call_now = false;   ///< M11: call_soon calls
    bool zero_first = false; ///< M12: what has no delay goes to the front
    bool exact_timers =
        false; ///< M13: timers fire at their deadline although the thread is blocked
    bool timers_by_source = false; ///< M14: timers fire in the order in which they were set
    bool youngest_first = false;   ///< M13: of timers with one deadline the latest comes first
    bool no_snapshot = false;      ///< M16: what a callback adds runs in the same turn
    // Callbacks, errors, ends.
    bool inline_callbacks = false;        ///< M19: completing a future runs what waits for it
    bool late_callback_now = false;       ///< M19: add_done_callback on a done future calls
    bool late_callback_lost = false;      ///< M19: on a done future it comes too late
    bool gather_completion_order = false; ///< M08: results in the order of finishing
    bool gather_cancels = false;          ///< M22: the first error cancels the siblings
    bool loop_never_closes = false;       ///< M09: nothing is cut when main ends
    bool instant_cancel = false;          ///< M31: CancelledError is thrown inside cancel()
    // Workers and signals.
    bool unlimited_pool = false;    ///< M28: every job has a worker at once
    bool one_worker = false;        ///< M28: one job at a time
    bool job_holds_loop = false;    ///< M26: run_in_executor comes back when the job has ended
    bool executor_overlaps = false; ///< M26: what comes after an await of a job does not wait
    bool cancel_stops_job = false;  ///< M27: a cancelled job ends, and its worker is free
    bool signal_interrupts = false; ///< M36: a signal's callback runs in the middle of a block
    // Not modelled yet: the programs have no microtasks, frames, streams or servers so far.
    bool executor_later = false;       ///< M37
    bool timeout_before_micro = false; ///< M38
    bool micro_yields = false;         ///< M39
    bool micro_at_end = false;         ///< M41
    bool frame_is_timer = false;       ///< M40
    bool read_exact = false;           ///< M42
    bool small_crowd_reported = false; ///< M47
    bool server_serial = false;        ///< M48
    bool shared_limits = false;        ///< M50
};

/// A row of the table of beliefs.
struct Belief {
    std::string name; ///< "eager_tasks"
    std::string code; ///< "M03"
    std::string rule; ///< "R2": the rule that decides otherwise
    bool Switches::* field;
    bool modelled;

    /// Returns: this belief alone.
    Switches alone() const;
};

/// Returns: every switch there is, in the order above.
const std::vector<Belief>& beliefs();

} // namespace lab::model
