// explain.cpp: what happened in a case, as facts for the decision and as one sentence for a reader.
#include "case_state.hpp"

#include <csignal>
#include <sstream>
#include <string_view>

namespace lab::judge {

namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// Returns: the line of a sanitizer's report that says what is wrong, without process numbers and
/// addresses (they differ from run to run); "" if there is no report.
std::string sanitizer_line(const std::string& err) {
    std::istringstream lines(err);
    for (std::string line; std::getline(lines, line);) {
        for (const std::string_view mark : {"ERROR: AddressSanitizer", "ERROR: LeakSanitizer",
                                            "WARNING: ThreadSanitizer", "runtime error: "}) {
            const std::size_t at = line.find(mark);
            if (at != std::string::npos) {
                std::string text = line.substr(mark == "runtime error: " ? 0 : at);
                for (const char* const tail :
                     {" on address", " on unknown address", " (pid=", " for address", " at 0x"}) {
                    text.resize(std::min(text.size(), text.find(tail)));
                }
                return text;
            }
        }
    }
    return {};
}

bool out_of_memory(const CaseState& state) {
    const Outcome& outcome = *state.outcome;
    return state.setup->limits.memory_bytes > 0 &&
           (contains(state.run->error(), "bad_alloc") ||
            (outcome.by_signal && outcome.status == SIGABRT &&
             contains(outcome.err, "std::bad_alloc")));
}

/// std::thread says so when the system gives no more threads.
bool out_of_threads(const CaseState& state) {
    const std::string_view words = "Resource temporarily unavailable";
    const Outcome& outcome = *state.outcome;
    return contains(state.run->error(), words) ||
           (outcome.by_signal && outcome.status == SIGABRT && contains(outcome.err, words));
}

/// Returns: the name of the coroutine of which the runtime says that it gave no result, or "".
std::string without_result(const std::string& error) {
    const std::string before = "coroutine '";
    const std::size_t from = error.find(before);
    const std::size_t to = error.find("' ended without co_return");
    if (from == std::string::npos || to == std::string::npos || to < from) {
        return {};
    }
    return error.substr(from + before.size(), to - from - before.size());
}

bool asked_too_early(const std::string& error) {
    return contains(error, "the result is not there yet");
}

/// Returns: what the program said last about a promise that its caller broke, without the place,
/// which is in the runtime; "" if it said nothing.
std::string broken_contract(const std::string& err) {
    const std::size_t at = err.rfind("broken contract: ");
    if (at == std::string::npos) {
        return {};
    }
    const std::string line = err.substr(at, err.find('\n', at) - at);
    return line.substr(0, line.rfind(" ("));
}

std::string signal_sentence(const CaseState& state) {
    const int signal = state.outcome->status;
    const std::string killed = "the program was ended by signal " + std::to_string(signal);
    switch (signal) {
    case SIGSEGV:
        return killed +
               " (SIGSEGV): it used memory that is not its own, such as an element past the end "
               "of a list, or its stack was full";
    case SIGBUS:
        return killed + " (SIGBUS): it used memory that does not exist";
    case SIGABRT:
        if (const auto promise = broken_contract(state.outcome->err); !promise.empty()) {
            return killed + " (SIGABRT): " + promise;
        }
        return killed + " (SIGABRT): abort() was called, or an exception met no handler";
    case SIGFPE:
        return killed + " (SIGFPE): a division by zero, most likely";
    case SIGILL:
        return killed + " (SIGILL): it ran into code that is no instruction";
    case SIGTRAP:
        return killed + " (SIGTRAP)";
    case SIGKILL:
        return killed + " (SIGKILL): it was killed, or killed itself";
    default:
        return killed;
    }
}

std::string crash_sentence(const CaseState& state) {
    if (const std::string report = sanitizer_line(state.outcome->err); !report.empty()) {
        return report;
    }
    if (state.outcome->by_signal) {
        return signal_sentence(state);
    }
    const std::string& error = state.run->error();
    if (const std::string name = without_result(error); !name.empty()) {
        return "`" + name +
               "` promises a result, and its closing brace was reached without `co_return`. Which "
               "value does its caller wait for?";
    }
    if (asked_too_early(error)) {
        return "somebody asked for a result that is not there yet; what has to come before?";
    }
    return "an exception left your code: " + error;
}

std::string ended_early_sentence(const CaseState& state) {
    const int status = state.outcome->status;
    switch (state.run->record().closing) {
    case Closing::missing:
        return "the program ended with status " + std::to_string(status) +
               " before the exercise was over";
    case Closing::forged:
        return "the program's last line does not carry the password of this run";
    case Closing::miscounted:
    case Closing::damaged:
        return "the record of what happened does not add up: something else wrote into it";
    case Closing::right:
        break;
    }
    return status != 0 ? "the exercise came to its end, then the program ended with status " +
                             std::to_string(status)
                       : "the program did not say how its run ended";
}

std::string time_sentence(const CaseState& state) {
    const Limits& limits = state.setup->limits;
    if (facts_of(state).slept_for_real) {
        return "the program put the loop's thread to sleep again and again, and did not end";
    }
    if (state.outcome->idle) {
        return "after " + std::to_string(limits.wall.count()) +
               " s the program was still waiting, without using the processor: it sleeps or waits "
               "for something outside the loop";
    }
    return "the program used the processor for " + std::to_string(limits.cpu.count()) +
           " s and did not end: an endless loop, most likely";
}

std::string hang_sentence(const CaseState& state) {
    const std::string& account = state.run->record().account;
    return account.empty() ? "nothing can ever happen: no callback is ready, no timer is set"
                           : account;
}

std::string runaway_sentence(const CaseState& state) {
    const std::string& account = state.run->record().account;
    return account.empty() ? "the loop went round and round and time did not move" : account;
}

std::string blocked_sentence(const CaseState& state) {
    for (const auto& warning : state.run->warnings()) {
        if (warning.code == "real_sleep" && !warning.text.empty()) {
            return warning.text;
        }
    }
    return "real time passed while virtual time stood still: the loop's thread was put to sleep";
}

std::string fault_sentence(const CaseState& state) {
    if (!state.check_fault.empty()) {
        return state.check_fault;
    }
    return state.outcome && !state.outcome->fault.empty() ? state.outcome->fault
                                                          : "the check compared nothing";
}

} // namespace

bool is_whole(const CaseState& state) {
    Facts facts = facts_of(state);
    facts.check = {false, 1, std::nullopt};
    facts.slept_for_real = false; // such a run still has a transcript that can be looked at
    return decide(facts) == Verdict::accepted;
}

Facts facts_of(const CaseState& state) {
    Facts facts;
    facts.check = {!state.check_fault.empty() || !state.run, state.comparisons,
                   state.objection ? std::optional(state.objection->verdict) : std::nullopt};
    if (!state.run) {
        return facts;
    }
    const Outcome& outcome = *state.outcome;
    facts.infrastructure_fault = !outcome.fault.empty();
    facts.exit = {outcome.by_signal, outcome.by_signal ? 0 : outcome.status,
                  !sanitizer_line(outcome.err).empty()};
    facts.limits = outcome.limits;
    facts.limits.memory = facts.limits.memory || out_of_memory(state);
    facts.limits.processes = facts.limits.processes || out_of_threads(state);
    facts.closing = state.run->record().closing;
    facts.ending = state.run->record().ending;
    facts.slept_for_real = state.run->warned("real_sleep") && !state.setup->real_clock;
    return facts;
}

std::string slip_of(const CaseState& state) {
    const std::string error = state.run ? state.run->error() : "";
    if (!without_result(error).empty()) {
        return "missing-co-return";
    }
    return asked_too_early(error) ? "result-too-early" : "";
}

std::string explain(const CaseState& state, Verdict verdict) {
    const Limits& limits = state.setup->limits;
    switch (verdict) {
    case Verdict::accepted:
        return {};
    case Verdict::grader_error:
        return fault_sentence(state);
    case Verdict::crashed:
        return crash_sentence(state);
    case Verdict::ended_early:
        return ended_early_sentence(state);
    case Verdict::hang:
        return hang_sentence(state);
    case Verdict::runaway:
        return runaway_sentence(state);
    case Verdict::timed_out:
        return time_sentence(state);
    case Verdict::out_of_memory:
        return "the program wanted more memory than a run may have";
    case Verdict::process_limit:
        return "the program started more than " + std::to_string(limits.processes) +
               " processes and threads";
    case Verdict::output_limit:
        return "the program wrote more than " + std::to_string(limits.output_bytes >> 10) +
               " KiB, or a transcript without end";
    default:
        break;
    }
    if (facts_of(state).slept_for_real && verdict == Verdict::blocked_the_loop) {
        return blocked_sentence(state);
    }
    return state.objection ? state.objection->message : std::string();
}

} // namespace lab::judge
