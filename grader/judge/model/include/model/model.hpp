// model.hpp: a loop in a hundred rules of thumb, with a switch for each wrong belief about it.
//
// With all switches off it prints what the runtime prints. With one switch on it is the machine
// under which a student who holds that belief would be right, so the checker can recognise the
// belief by its transcript.
#pragma once

#include "model/program.hpp"

#include <judge/line.hpp>

#include <string>
#include <vector>

namespace lab::model {

/// One wrong belief each. The codes are those of the course's list of misconceptions.
enum class Switch {
    eager_tasks,           ///< M03: the first step runs inside create_task
    start_on_await,        ///< M04: a task enters the ready queue at its first await
    sequential_await,      ///< M02: tasks and gathers behave like a chain of awaits
    finish_in_await_order, ///< M05: what a task says after a wait is held back to the order of
                           ///< main's awaits
    every_await_yields,    ///< M07: each await takes a trip through the ready queue
    parallel_blocks,       ///< M06, M25: block_for moves only its own task
    global_sleep,          ///< M18: a sleep stops everybody
    call_now,              ///< M11: call_soon calls
    zero_first,            ///< M12: zero delays go to the front
    exact_timers,     ///< M13: a timer callback speaks at its deadline even if the loop was blocked
    timers_by_source, ///< M14: timers fire in the order in which they were set
    no_snapshot,      ///< M16: what a callback adds runs in the same turn
    inline_callbacks, ///< M19: completing a future runs its listeners
    gather_completion_order, ///< M08: results in the order of finishing
    gather_cancels,          ///< M22: the first error cancels the siblings
    loop_never_closes,       ///< M09: nothing is cut at the end of run
    instant_cancel,          ///< M31: CancelledError is thrown inside cancel()
    // Beliefs about what the model's programs cannot do yet: run() refuses these switches.
    unlimited_pool,
    one_worker,
    executor_later,
    timeout_before_micro,
    micro_yields,
    micro_at_end,
    frame_is_timer,
    read_exact,
    small_crowd_reported,
    server_serial,
    shared_limits,
};

/// A set of switches.
using Switches = std::vector<Switch>;

/// What a run of a program left behind.
struct Outcome {
    Transcript lines;
    std::string end = "ok";            ///< "ok", "cancelled", "error: …" or "deadlock"
    std::vector<std::string> warnings; ///< "coroutine 'f' was never awaited"
    bool operator==(const Outcome&) const = default;
};

/// Runs `program` under the given wrong beliefs, or none.
///
/// Throws: std::invalid_argument for a switch that is not modelled yet; std::logic_error for a
/// program that names what does not exist, or turns 100,000 times.
Outcome run(const Program& program, const Switches& switches = {});

/// A belief that the model can show.
struct Belief {
    Switch machine;
    std::string code; ///< "M03"
    std::string rule; ///< "R2"
};

/// Returns: all that run() accepts.
const std::vector<Belief>& beliefs();

/// Returns: the beliefs under which `program` prints something else: parameters for which this is
/// short teach little.
std::vector<Belief> telling_beliefs(const Program& program);

} // namespace lab::model
