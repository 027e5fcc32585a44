// report.cpp: from the judgements on single cases to the judgement on the answer.
#include "report.hpp"

#include <algorithm>

namespace lab::judge {

namespace {

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

} // namespace

void conclude(Report& report) {
    std::vector<Evidence> evidence;
    for (const auto& one : report.cases) {
        evidence.push_back(one.evidence);
    }
    report.verdict = overall(evidence);
    report.hint = choose_hint(evidence);
    report.shown = choose_example(evidence, report.hint);

    for (auto& one : report.cases) {
        if (one.verdict != Verdict::accepted && one.verdict != Verdict::grader_error) {
            one.hint = hint_of(one, report.hint);
        }
    }
    if (report.hint && report.shown) { // its facts are those of the case that is shown
        const CaseReport& example = report.cases[*report.shown];
        if (example.hint && example.hint->id == report.hint->id) {
            report.hint = example.hint;
        }
        add_place(*report.hint, example);
    }
    for (auto& one : report.cases) {
        if (one.hint) {
            add_place(*one.hint, one);
        }
    }
}

} // namespace lab::judge
