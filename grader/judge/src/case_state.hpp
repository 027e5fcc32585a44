// case_state.hpp: what is known about the case at hand while its test cases run.
#pragma once

#include "report.hpp"

#include <judge/compare.hpp>
#include <judge/process.hpp>
#include <judge/run.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lab::judge {

/// How to run the answer; the same for all cases.
struct Setup {
    std::filesystem::path program;
    Limits limits;
    bool real_clock = false;
    bool retry = true;
    int stop_fd = -1;
    Box box{};
};

/// An objection of the check, with its sentence.
struct Objection {
    Verdict verdict;
    std::string message;
};

/// Thrown to leave a test case whose verdict is settled. Nothing that a check would catch.
struct CaseIsOver {};

/// One case: a seed, its one run, and what the check says about it.
struct CaseState {
    const Setup* setup = nullptr;
    std::uint64_t seed = 0;
    std::vector<TimedSignal> signals; ///< to be sent while the program runs on the real clock
    std::optional<Outcome> outcome;
    std::optional<Run> run;

    std::vector<Hint> suspects;
    std::optional<Objection> objection; ///< the first one, as later ones often follow from it
    std::optional<Transcript> expected;
    std::optional<std::size_t> first_difference;
    int comparisons = 0;
    std::string check_fault; ///< why the check itself is to blame, "" if it is not

    void object(Verdict verdict, const std::string& message) {
        if (!objection) {
            objection = Objection{verdict, message};
        }
    }
};

/// The case at hand. One at a time: the judge runs one case after another, in one thread.
CaseState& current_case();

/// Returns: whether the run came to its own good end, so that its transcript can be judged.
bool is_whole(const CaseState& state);

/// Returns: the facts about the case on which the verdict rests.
Facts facts_of(const CaseState& state);

/// Returns: the id of the hint for an error of which the runtime itself says the reason, or "".
std::string slip_of(const CaseState& state);

/// Returns: one sentence on why the case has this verdict, "" for an accepted one.
std::string explain(const CaseState& state, Verdict verdict);

/// Runs all test cases of the checker for one seed.
CaseReport judge_case(const Setup& setup, std::uint64_t seed);

} // namespace lab::judge
