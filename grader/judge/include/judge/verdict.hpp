// verdict.hpp: the words in which a judgement is told.
#pragma once

#include <optional>
#include <string_view>

namespace lab {

/// What is said of an answer. The spellings of `name` are a contract with everything that reads
/// reports.
enum class Verdict {
    accepted,
    wrong_order,
    wrong_time,
    wrong_content,
    incomplete,
    blocked_the_loop,
    hang,
    runaway,
    timed_out,
    crashed,
    ended_early,
    out_of_memory,
    process_limit,
    output_limit,
    does_not_compile,
    compile_limit,
    rejected,
    bad_submission,
    not_attempted,
    grader_error,
};

/// Returns: the verdict as reports spell it, "wrong-order".
std::string_view name(Verdict verdict);

/// Returns: the verdict of that name, if there is one.
std::optional<Verdict> verdict_named(std::string_view name);

} // namespace lab
