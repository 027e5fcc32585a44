// report.hpp: what the judge has to say about an answer, before it is printed.
#pragma once

#include <judge/hints.hpp>
#include <judge/line.hpp>
#include <judge/transcript.hpp>
#include <judge/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lab::judge {

struct CaseReport {
    std::uint64_t seed = 0;
    Verdict verdict = Verdict::grader_error;
    Transcript expected, actual;
    std::optional<std::size_t> first_difference;
    std::string message;
    std::size_t stdout_bytes = 0;
    std::vector<Warning> warnings; ///< the first few of the run
    std::optional<Hint> hint;
    Evidence evidence;
    double seconds = 0;
};

struct Report {
    std::string exercise;
    Verdict verdict = Verdict::grader_error;
    std::vector<CaseReport> cases;
    std::optional<Hint> hint;
    std::optional<std::size_t> shown; ///< the case in which the hint holds, and all of its facts
    double seconds = 0;
};

/// Effects: sets the verdict of the whole from its cases, which belief speaks, and the one case
/// from which it takes its facts.
void conclude(Report& report);

} // namespace lab::judge
