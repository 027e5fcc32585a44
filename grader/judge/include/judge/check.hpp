// check.hpp: all that a check needs: a doctest case that runs an answer and says what must come
// out.
//
//     LAB_CHECK("01-basics/04-fix-one-after-another")
//
//     TEST_CASE("all panels load together, results in argument order") {
//         const Params p = draw(lab::seed());
//         const lab::Run run = lab::run_answer();
//         lab::suspect("M02", "R1", run.transcript() == one_after_another(p));
//         CHECK_TRANSCRIPT(run, expected(p));
//         CHECK(run.tasks_created() == p.panels.size() + 1);
//     }
//
// The judge's own main() runs every test case once per seed and prints the verdict.
#pragma once

#include <judge/line.hpp>
#include <judge/run.hpp>
#include <judge/verdict.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lab {

/// Values for the {placeholders} of a hint's text.
using Facts = std::vector<std::pair<std::string, std::string>>;

/// Returns: the seed of the case at hand; 0 is the published case.
std::uint64_t seed();

/// Asks the judge to send the program signal `signo`: `delay` after it has said `line`, and after
/// the signal before, if there is one. Only on the real clock: on the virtual
/// one the driver simulates it (lab::signal_at). A line and not a date, because a busy machine may
/// stop the program for a while, and the signal is not to overtake what was due before it.
///
/// Requires: before run_answer().
void send_signal_after(const std::string& line, ms delay, int signo);

/// Whether a run that broke off is still shown to the check.
enum class Broken { ends_the_case, is_shown };

/// Runs the answer for the case at hand; asked again in the same case, returns the same run.
///
/// Effects: if the run crashed, hung, ended early or met a limit, the case ends here with that
/// verdict. With Broken::is_shown the check goes on and may suspect something; the verdict stays
/// the same.
Run run_answer(Broken broken = Broken::ends_the_case);

/// Names a belief under which this run would be right. Of the beliefs that hold, the first speaks.
///
/// Requires: `holds` is false on every right answer.
void suspect(std::string_view id, std::string_view rule, bool holds, const Facts& facts = {});

/// Ends the case with a verdict of the check's own, and a sentence that says why.
[[noreturn]] void reject(Verdict verdict, const std::string& message);

namespace detail {
const char* exercise(); // defined by LAB_CHECK; the linker finds a check without one, or with two
void check_transcript(const Run& run, const Transcript& expected, bool ties_are_sets);
} // namespace detail
} // namespace lab

/// Names the exercise that this checker is for. Once per checker.
#define LAB_CHECK(KEY)                                                                             \
    const char* lab::detail::exercise() { return KEY; }

/// The transcript must be `expected`: the order, the texts, the virtual times.
#define CHECK_TRANSCRIPT(RUN, ...) ::lab::detail::check_transcript((RUN), (__VA_ARGS__), false)

/// The same, but the lines of one instant may stand in any order.
#define CHECK_TRANSCRIPT_UNORDERED_TIES(RUN, ...)                                                  \
    ::lab::detail::check_transcript((RUN), (__VA_ARGS__), true)
