// decide.cpp: the order of precedence, written down once.
#include <judge/decide.hpp>

namespace lab::judge {

namespace {

std::optional<Verdict> limit(const LimitFacts& limits) {
    // What was used up first is not known; the one that drags the others along comes first:
    // children eat memory, and whoever has no memory left may print about it without end.
    if (limits.processes) {
        return Verdict::process_limit;
    }
    if (limits.memory) {
        return Verdict::out_of_memory;
    }
    if (limits.output) {
        return Verdict::output_limit;
    }
    if (limits.time) {
        return Verdict::timed_out;
    }
    return std::nullopt;
}

/// How the run itself says that it ended. Only believed with a right closing record.
std::optional<Verdict> ending(Ending ending) {
    switch (ending) {
    case Ending::ok:
        return std::nullopt;
    case Ending::deadlock:
        return Verdict::hang;
    case Ending::runaway:
        return Verdict::runaway;
    case Ending::timeout:
        return Verdict::timed_out;
    case Ending::error:
    case Ending::nested_run:
        return Verdict::crashed;
    case Ending::none:
    case Ending::unknown:
        break;
    }
    return Verdict::ended_early;
}

} // namespace

Verdict decide(const Facts& facts) {
    if (facts.infrastructure_fault || facts.check.faulty) {
        return Verdict::grader_error;
    }
    if (facts.compile != Compile::ok) {
        return facts.compile == Compile::failed ? Verdict::does_not_compile
                                                : Verdict::compile_limit;
    }
    if (const auto met = limit(facts.limits)) {
        return *met;
    }
    if (facts.exit.by_signal || (facts.exit.status != 0 && facts.exit.sanitizer_report)) {
        return Verdict::crashed;
    }
    if (facts.closing != Closing::right || facts.exit.status != 0) {
        return Verdict::ended_early;
    }
    if (const auto told = ending(facts.ending)) {
        return *told;
    }
    if (facts.slept_for_real) {
        return Verdict::blocked_the_loop;
    }
    if (facts.check.objection) {
        // An objection that says "accepted" would be a check that contradicts itself.
        return *facts.check.objection == Verdict::accepted ? Verdict::grader_error
                                                           : *facts.check.objection;
    }
    return facts.check.comparisons > 0 ? Verdict::accepted : Verdict::grader_error;
}

} // namespace lab::judge
