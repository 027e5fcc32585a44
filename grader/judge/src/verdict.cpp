// verdict.cpp: the verdicts' names, in the spelling that every report shares.
#include <judge/verdict.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace lab {

namespace {

// In the order of the enumerators: the index is the verdict.
constexpr std::array<std::string_view, 20> names = {
    "accepted",         "wrong-order",   "wrong-time",     "wrong-content", "incomplete",
    "blocked-the-loop", "hang",          "runaway",        "timed-out",     "crashed",
    "ended-early",      "out-of-memory", "process-limit",  "output-limit",  "does-not-compile",
    "compile-limit",    "rejected",      "bad-submission", "not-attempted", "grader-error"};

static_assert(names[static_cast<std::size_t>(Verdict::grader_error)] == "grader-error");

} // namespace

std::string_view name(Verdict verdict) { return names[static_cast<std::size_t>(verdict)]; }

std::optional<Verdict> verdict_named(std::string_view name) {
    const auto* const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        return std::nullopt;
    }
    return static_cast<Verdict>(found - names.begin());
}

} // namespace lab
