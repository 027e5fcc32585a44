// hints.hpp: which belief speaks when an answer is rejected, decided over all its cases.
#pragma once

#include <judge/verdict.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lab::judge {

/// A belief with the rule that it breaks and the values for its text.
struct Hint {
    std::string id, rule;
    std::vector<std::pair<std::string, std::string>> facts;
};

/// What one case shows of the answer's cause.
struct Evidence {
    Verdict verdict = Verdict::accepted;
    std::vector<Hint> suspects; ///< those that hold, in the check's order
    bool published = false;
    bool nested_run = false;
    bool slept_for_real = false;
    bool printed_instead = false; ///< a missing line stands on stdout
};

/// Returns: the hint of a rejected answer, or nothing if no cause is known (or all is accepted).
///
/// The first suspect that holds in every rejected case; else a photograph of the published case;
/// else the suspect that holds in most; else what the judge recognises by itself: M10 (a run inside
/// a run), hang, runaway, crash, ended-early, real-sleep, stdout.
std::optional<Hint> choose_hint(const std::vector<Evidence>& cases);

/// Returns: the first suspect that fires on an accepted answer, if any: a fault of the check.
///
/// A drawn case may be too small to tell a belief from the truth, so a suspect is at fault if it
/// holds in the published case or in more than half of the cases.
std::optional<Hint> false_alarm(const std::vector<Evidence>& cases);

} // namespace lab::judge
