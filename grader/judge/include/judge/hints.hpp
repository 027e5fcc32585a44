// hints.hpp: which belief speaks when an answer is rejected, decided over all its cases.
#pragma once

#include <judge/verdict.hpp>

#include <cstddef>
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
    bool callback_threw = false;  ///< and nobody but the loop heard of it
    std::string slip{};           ///< the hint for a crash of which the runtime knows the reason
};

/// Returns: the verdict of the whole.
///
/// The published case speaks for the whole if it is rejected, since it is the one that the student
/// knows and never changes; else the verdict that most fresh cases share. A grader-error overrides
/// all.
Verdict overall(const std::vector<Evidence>& cases);

/// Returns: the hint of a rejected answer, or nothing if no cause is known (or all is accepted).
///
/// Only the cases that have the verdict of the whole are asked, the published one alone if it is
/// rejected: what is said must hold in the case that is shown. A call that stopped the thread for
/// real speaks first. Of their suspects the first that holds in every rejected case; else a
/// photograph of the published case; else the suspect that holds in most; else what the judge
/// recognises by itself: M10 (a run inside a run), hang, runaway, crash, missing-co-return,
/// result-too-early, ended-early, real-sleep, callback-threw, stdout.
std::optional<Hint> choose_hint(const std::vector<Evidence>& cases);

/// Returns: which case to show with the hint: the first of those asked in which it holds; nothing
/// if no case is rejected.
std::optional<std::size_t> choose_example(const std::vector<Evidence>& cases,
                                          const std::optional<Hint>& hint);

/// Returns: the first suspect that fires on an accepted answer, if any: a fault of the check.
///
/// A drawn case may be too small to tell a belief from the truth, so a suspect is at fault if it
/// holds in the published case or in more than half of the cases.
std::optional<Hint> false_alarm(const std::vector<Evidence>& cases);

} // namespace lab::judge
