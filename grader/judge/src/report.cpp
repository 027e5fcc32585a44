// report.cpp: from the judgements on single cases to the judgement on the answer.
#include "report.hpp"

#include <algorithm>
#include <map>

namespace lab::judge {

namespace {

Verdict overall(const std::vector<CaseReport>& cases) {
    const bool fault = std::any_of(cases.begin(), cases.end(), [](const CaseReport& one) {
        return one.verdict == Verdict::grader_error;
    });
    if (cases.empty() || fault) {
        return Verdict::grader_error;
    }
    std::map<Verdict, int> votes;
    for (const auto& one : cases) {
        if (one.verdict != Verdict::accepted) {
            if (one.seed == 0) {
                return one.verdict;
            }
            ++votes[one.verdict];
        }
    }
    const auto most =
        std::max_element(votes.begin(), votes.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == votes.end() ? Verdict::accepted : most->first;
}

/// Adds what every hint's text may mention: the first line that differs, and when.
void add_place(Hint& hint, const CaseReport& from) {
    const auto& expected = from.expected;
    const auto& actual = from.actual;
    const std::size_t last = std::max<std::size_t>({expected.size(), actual.size(), 1}) - 1;
    const std::size_t line = from.first_difference.value_or(last);
    const auto text = [line](const Transcript& lines) {
        return line < lines.size() ? lines[line].text : std::string();
    };
    const auto& at = line < expected.size() ? expected : actual;
    hint.facts.emplace_back("line", std::to_string(line + 1));
    hint.facts.emplace_back("t", std::to_string(line < at.size() ? at[line].at.count() : 0));
    hint.facts.emplace_back("expected", text(expected));
    hint.facts.emplace_back("actual", text(actual));
    hint.facts.emplace_back("message", from.message);
}

/// The belief of one case: the answer's, if it holds here too, else the case's own.
std::optional<Hint> hint_of(const CaseReport& one, const std::optional<Hint>& whole) {
    for (const auto& suspect : one.evidence.suspects) {
        if (whole && suspect.id == whole->id) {
            return suspect;
        }
    }
    return choose_hint({one.evidence});
}

bool is_rejected(const CaseReport& one) {
    return one.verdict != Verdict::accepted && one.verdict != Verdict::grader_error;
}

} // namespace

void conclude(Report& report) {
    std::vector<Evidence> evidence;
    for (const auto& one : report.cases) {
        evidence.push_back(one.evidence);
    }
    report.verdict = overall(report.cases);
    report.hint = choose_hint(evidence);

    CaseReport* example = nullptr; // the first rejected case that shows the belief; else the first
    for (auto& one : report.cases) {
        if (!is_rejected(one)) {
            continue;
        }
        one.hint = hint_of(one, report.hint);
        const bool shows_it = one.hint && report.hint && one.hint->id == report.hint->id;
        const bool shown = example != nullptr && example->hint && report.hint &&
                           example->hint->id == report.hint->id;
        if (example == nullptr || (shows_it && !shown)) {
            example = &one;
        }
    }
    if (report.hint && example != nullptr) {
        add_place(*report.hint, *example);
    }
    for (auto& one : report.cases) {
        if (one.hint) {
            add_place(*one.hint, one);
        }
    }
}

} // namespace lab::judge
