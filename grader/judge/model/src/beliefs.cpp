// beliefs.cpp: the table of switches, and what the beliefs make of a program.
#include "model/model.hpp"

#include <algorithm>

namespace lab::model {

Switches Belief::alone() const {
    Switches switches;
    switches.*field = true;
    return switches;
}

const std::vector<Belief>& beliefs() {
    using S = Switches;
    static const std::vector<Belief> table{
        {"eager_tasks", "M03", "R2", &S::eager_tasks, true},
        {"start_on_await", "M04", "R2", &S::start_on_await, true},
        {"sequential_await", "M02", "R1", &S::sequential_await, true},
        {"finish_in_await_order", "M05", "R4", &S::finish_in_await_order, true},
        {"every_await_yields", "M07", "R3", &S::every_await_yields, true},
        {"parallel_blocks", "M06", "R6", &S::parallel_blocks,
         true}, // M25 in the lessons about blocking
        {"global_sleep", "M18", "R6", &S::global_sleep, true},
        {"call_now", "M11", "R5", &S::call_now, true},
        {"zero_first", "M12", "R5", &S::zero_first, true},
        {"exact_timers", "M13", "R8", &S::exact_timers, true},
        {"timers_by_source", "M14", "R5", &S::timers_by_source, true},
        {"youngest_first", "M13", "R7", &S::youngest_first, true},
        {"no_snapshot", "M16", "R5", &S::no_snapshot, true},
        {"inline_callbacks", "M19", "R4", &S::inline_callbacks, true},
        {"late_callback_now", "M19", "R4", &S::late_callback_now, true},
        {"late_callback_lost", "M19", "R4", &S::late_callback_lost, true},
        {"gather_completion_order", "M08", "R17", &S::gather_completion_order, true},
        {"gather_cancels", "M22", "R15", &S::gather_cancels, true},
        {"loop_never_closes", "M09", "R11", &S::loop_never_closes, true},
        {"instant_cancel", "M31", "R10", &S::instant_cancel, true},
        {"unlimited_pool", "M28", "R9", &S::unlimited_pool, true},
        {"one_worker", "M28", "R9", &S::one_worker, true},
        {"job_holds_loop", "M26", "R9", &S::job_holds_loop, true},
        {"executor_overlaps", "M26", "R3", &S::executor_overlaps, true},
        {"cancel_stops_job", "M27", "R9", &S::cancel_stops_job, true},
        {"signal_interrupts", "M36", "R5", &S::signal_interrupts, true},
        {"executor_later", "M37", "R5", &S::executor_later, false},
        {"timeout_before_micro", "M38", "R5", &S::timeout_before_micro, false},
        {"micro_yields", "M39", "R5", &S::micro_yields, false},
        {"micro_at_end", "M41", "R5", &S::micro_at_end, false},
        {"frame_is_timer", "M40", "R12", &S::frame_is_timer, false},
        {"read_exact", "M42", "R5", &S::read_exact, false},
        {"small_crowd_reported", "M47", "R5", &S::small_crowd_reported, false},
        {"server_serial", "M48", "R6", &S::server_serial, false},
        {"shared_limits", "M50", "R14", &S::shared_limits, false},
    };
    return table;
}

std::vector<Belief> telling_beliefs(const Program& program) {
    const Transcript right = run(program);
    std::vector<Belief> telling;
    for (const Belief& belief : beliefs()) {
        if (belief.modelled && run(program, belief.alone()) != right) {
            telling.push_back(belief);
        }
    }
    return telling;
}

std::size_t wrong_transcripts(const Program& program) {
    std::vector<Transcript> wrong;
    for (const Belief& belief : telling_beliefs(program)) {
        Transcript transcript = run(program, belief.alone());
        if (std::find(wrong.begin(), wrong.end(), transcript) == wrong.end()) {
            wrong.push_back(std::move(transcript));
        }
    }
    return wrong.size();
}

std::vector<Belief> beliefs_behind(const Program& program, const Transcript& transcript) {
    std::vector<Belief> behind = telling_beliefs(program);
    std::erase_if(behind,
                  [&](const Belief& belief) { return run(program, belief.alone()) != transcript; });
    return behind;
}

} // namespace lab::model
