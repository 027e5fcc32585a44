// check.cpp: the functions that checks call, each a note in the state of the case at hand.
#include "case_state.hpp"

#include <judge/check.hpp>

#include <sys/random.h>

#include <array>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace lab {

namespace judge {

CaseState& current_case() {
    static CaseState state;
    return state;
}

namespace {

std::string fresh_nonce() {
    std::array<unsigned char, 16> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        throw std::runtime_error("the system gives no random numbers");
    }
    std::string text;
    for (const unsigned char byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

/// Runs the program; again only if it could not be run for a reason that may pass, such as a full
/// process table. A run that took place counts, whatever it showed.
Outcome run_with_patience(const ProgramSpec& spec, bool retry) {
    Outcome outcome = run_program(spec);
    for (int again = 0; again < 5 && retry && outcome.transient; ++again) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20 << again));
        outcome = run_program(spec);
    }
    return outcome;
}

void run_case(CaseState& state) {
    const Setup& setup = *state.setup;
    const std::string nonce = fresh_nonce();
    const auto signals = setup.real_clock ? state.signals : std::vector<TimedSignal>{};
    const ProgramSpec spec{setup.program,
                           "seed=" + std::to_string(state.seed) +
                               " clock=" + (setup.real_clock ? "real" : "virtual") +
                               " nonce=" + nonce + (signals.empty() ? "" : " signals=judge") + "\n",
                           setup.limits,
                           setup.stop_fd,
                           signals,
                           setup.box};
    state.outcome = run_with_patience(spec, setup.retry);
    state.run.emplace(std::make_shared<Record>(read_record(state.outcome->channel, nonce)),
                      state.outcome->out, state.outcome->err,
                      state.outcome->by_signal ? state.outcome->status : 0);
}

/// The real clock is never early by more than its own grain, and late by what the machine does.
Tolerance tolerance_of(const Setup& setup) {
    using std::chrono::microseconds;
    return setup.real_clock ? Tolerance{microseconds(2'000), microseconds(100'000), 15}
                            : Tolerance{};
}

/// Returns: "\"first\" at 100 ms", a line as a part of a sentence.
std::string in_words(const Line& line) {
    return "\"" + line.text + "\" at " + std::to_string(line.at.count()) + " ms";
}

std::string describe(const Transcript& expected, const Transcript& actual, std::size_t line) {
    const std::string place = "line " + std::to_string(line + 1);
    if (line >= actual.size()) {
        return place + " is missing: " + in_words(expected[line]);
    }
    if (line >= expected.size()) {
        return place + " is one too many: " + in_words(actual[line]);
    }
    return place + " must be " + in_words(expected[line]) + " and is " + in_words(actual[line]);
}

} // namespace
} // namespace judge

std::uint64_t seed() { return judge::current_case().seed; }

void send_signal_after(const std::string& line, ms delay, int signo) {
    if (auto& state = judge::current_case(); !state.run) { // else of a second test case
        state.signals.push_back({line, delay, signo});
    }
}

Run run_answer(Broken broken) {
    auto& state = judge::current_case();
    if (!state.run) {
        judge::run_case(state);
    }
    const bool never_ran = state.outcome->stopped || !state.outcome->fault.empty();
    if (never_ran || (broken == Broken::ends_the_case && !judge::is_whole(state))) {
        throw judge::CaseIsOver();
    }
    return *state.run;
}

void suspect(std::string_view id, std::string_view rule, bool holds, const Facts& facts) {
    if (holds) {
        judge::current_case().suspects.push_back({std::string(id), std::string(rule), facts});
    }
}

void reject(Verdict verdict, const std::string& message) {
    judge::current_case().object(verdict, message);
    throw judge::CaseIsOver();
}

void detail::check_transcript(const Run& run, const Transcript& expected, bool ties_are_sets) {
    auto& state = judge::current_case();
    ++state.comparisons;
    const auto& said = run.record().said;
    Transcript wanted = ties_are_sets ? judge::with_ties_as_in(expected, said) : expected;
    const auto difference = judge::compare(wanted, said, judge::tolerance_of(*state.setup));
    if (difference) {
        wanted = judge::published_from(difference->line, wanted, expected);
    }
    if (!state.expected || (difference && !state.first_difference)) {
        state.expected = wanted;
    }
    if (difference && !state.first_difference) {
        state.first_difference = difference->line;
        state.object(difference->kind, judge::describe(wanted, run.transcript(), difference->line));
    }
}

} // namespace lab
