// params.hpp: the calls of one case of 02-scheduling/05, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;

/// One call of a debounced function.
struct Call {
    std::chrono::milliseconds at;
    std::size_t function; ///< 0 is f, 1 is g
    std::string value;
    bool by_copy = false; ///< through a copy of the function
};

struct Params {
    std::vector<std::chrono::milliseconds> delays; ///< one for each function
    std::vector<Call> calls;                       ///< by time
};

/// Returns: "f", how lines call a function.
std::string function_name(std::size_t function);

/// Returns: when everything is over in every machine that makes sense.
std::chrono::milliseconds end_of(const Params& p);

/// Returns: the pauses between the calls of f. There is one shorter than `d`, for throttles and
/// cards that nobody tears up, and one of exactly `d`, for those who believe that a card which is
/// due has run; the others are anything.
std::vector<std::chrono::milliseconds> draw_pauses(lab::Draw& draw, std::chrono::milliseconds d);

/// Seed 0 is the set of the task text. The others have a second function, whose first call comes
/// while f waits (for state that all functions share), and f is called through a copy after one of
/// its short pauses (for state that each copy has of its own). All times of f are multiples of 20
/// ms and those of g lie between them, so that no two functions run at one instant.
Params draw(std::uint64_t seed);

} // namespace exercise
