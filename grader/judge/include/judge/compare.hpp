// compare.hpp: where two transcripts part, and in which way.
#pragma once

#include <judge/line.hpp>
#include <judge/transcript.hpp>
#include <judge/verdict.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace lab::judge {

/// The first place at which two transcripts differ, and what kind of wrong that is.
struct Difference {
    std::size_t line; ///< counted from 0; may be the length of the shorter one
    Verdict kind;     ///< wrong_order, wrong_time, incomplete or wrong_content
};

/// How far a line's time may be off. The virtual clock allows nothing, the real one a little.
struct Tolerance {
    std::chrono::microseconds early{0}, late{0};
    int late_percent = 0; ///< of the expected time, added to `late`
};

/// Returns: the first difference, or nothing if there is none.
///
/// wrong_order: the same texts, some in another order. wrong_time: the same texts in the same order
/// at other times. incomplete: only lines that are expected, but some are missing. Else
/// wrong_content.
std::optional<Difference> compare(const Transcript& expected, const std::vector<Said>& actual,
                                  const Tolerance& tolerance = {});

/// Returns: `expected` with the lines of each instant in the order in which `actual` has them, as
/// far as it has them: what to compare with when the rules leave the order of ties open.
Transcript with_ties_as_in(const Transcript& expected, const std::vector<Said>& actual);

/// Returns: `arranged` with its lines from `line` on in the order in which `expected` has them:
/// what is still to come is shown in the order of the task.
///
/// Requires: `arranged` is what with_ties_as_in made of `expected`.
Transcript published_from(std::size_t line, Transcript arranged, const Transcript& expected);

} // namespace lab::judge
