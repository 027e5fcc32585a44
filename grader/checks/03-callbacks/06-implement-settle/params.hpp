// params.hpp: the children of the calls of settle_all in one case of 03-callbacks/06.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

struct DrawnChild {
    std::string name;
    std::chrono::milliseconds delay;
    int value = 0;
    std::string error = "";                                               ///< fails with it
    std::optional<std::chrono::milliseconds> cancelled_at = std::nullopt; ///< from outside
    std::chrono::milliseconds clean_up = 0ms; ///< what it needs after a cancel
};

/// Returns: when the child ends if nobody but the case cancels it, counted from its beginning.
std::chrono::milliseconds end_of(const DrawnChild& child);

struct Params {
    std::vector<DrawnChild> first;       ///< of a call that ends in peace
    std::chrono::milliseconds second_at; ///< when the second and third call begin
    std::vector<DrawnChild> third;       ///< of a call that is cancelled (the second has none)
    std::chrono::milliseconds cancel;    ///< from the beginning of the third call
};

/// Returns: the order in which the children end, as numbers of arguments.
std::vector<std::size_t> by_end(const std::vector<DrawnChild>& children);

bool sorted_by_end(const std::vector<DrawnChild>& children);

/// Seed 0 is the set of the task text: the case of lesson 03, with one child more. In every set the
/// first call has an error, a cancel and a value. All ends differ, the last one is that of a value,
/// so that whoever ends at the first error or cancel is early, and the arguments are not sorted by
/// their ends.
///
/// In the third call four or five children are cut short by the cancel. One of them has something
/// to clean up: neither the first nor the second, so that a second cancel would hit it, and not the
/// last; whoever awaits the children one by one waits for one that ends at once when the cancel
/// comes, and can cancel the others in the same instant. The others would need much longer than
/// the clean-up, so that whoever leaves them alone ends late, or before them.
Params draw(std::uint64_t seed);

} // namespace exercise
