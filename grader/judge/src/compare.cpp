// compare.cpp: the first difference of two transcripts, and the kind of mistake that it shows.
#include <judge/compare.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace lab::judge {

namespace {

using std::chrono::microseconds;

bool on_time(ms expected, microseconds actual, const Tolerance& tolerance) {
    const microseconds due = expected;
    return actual >= due - tolerance.early &&
           actual <= due + tolerance.late + due * tolerance.late_percent / 100;
}

/// What is left when the times and the order are taken away.
struct Texts {
    std::vector<std::string_view> expected, actual;

    Texts(const Transcript& expected_lines, const std::vector<Said>& actual_lines) {
        for (const auto& line : expected_lines) {
            expected.push_back(line.text);
        }
        for (const auto& line : actual_lines) {
            actual.push_back(line.text);
        }
    }
};

Verdict kind_of(Texts texts) {
    if (texts.expected == texts.actual) {
        return Verdict::wrong_time;
    }
    std::sort(texts.expected.begin(), texts.expected.end());
    std::sort(texts.actual.begin(), texts.actual.end());
    if (texts.expected == texts.actual) {
        return Verdict::wrong_order;
    }
    const bool nothing_foreign = std::includes(texts.expected.begin(), texts.expected.end(),
                                               texts.actual.begin(), texts.actual.end());
    return nothing_foreign ? Verdict::incomplete : Verdict::wrong_content;
}

} // namespace

std::optional<Difference> compare(const Transcript& expected, const std::vector<Said>& actual,
                                  const Tolerance& tolerance) {
    const auto same = [&](const Line& line, const Said& said) {
        return line.text == said.text && on_time(line.at, said.at, tolerance);
    };
    const auto [wanted, got] =
        std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end(), same);
    if (wanted == expected.end() && got == actual.end()) {
        return std::nullopt;
    }
    return Difference{static_cast<std::size_t>(wanted - expected.begin()),
                      kind_of(Texts(expected, actual))};
}

Transcript with_ties_as_in(const Transcript& expected, const std::vector<Said>& actual) {
    Transcript arranged;
    for (auto from = expected.begin(); from != expected.end();) {
        const auto to = std::find_if(from, expected.end(),
                                     [&](const Line& line) { return line.at != from->at; });
        Transcript open(from, to); // the lines of this instant that no place has been found for yet
        // A place takes the line that stands there in `actual`, if it is one of this instant's; the
        // others stay for the places that are left, in the order in which they are expected.
        std::vector<std::optional<Line>> places(open.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::size_t here = arranged.size() + i;
            const auto match = std::find_if(open.begin(), open.end(), [&](const Line& line) {
                return here < actual.size() && actual[here].text == line.text;
            });
            if (match != open.end()) {
                places[i] = *match;
                open.erase(match);
            }
        }
        auto rest = open.begin();
        for (const auto& place : places) {
            arranged.push_back(place ? *place : *rest++);
        }
        from = to;
    }
    return arranged;
}

Transcript published_from(std::size_t line, Transcript arranged, const Transcript& expected) {
    Transcript rest = expected;
    for (std::size_t i = 0; i < line && i < arranged.size(); ++i) {
        rest.erase(std::find(rest.begin(), rest.end(), arranged[i]));
    }
    std::copy(rest.begin(), rest.end(), arranged.end() - static_cast<std::ptrdiff_t>(rest.size()));
    return arranged;
}

} // namespace lab::judge
