// transcript.hpp: what came through a program's channel, read and checked.
#pragma once

#include <judge/event.hpp>
#include <judge/line.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

/// A warning of the runtime, such as "never_awaited".
struct Warning {
    std::string code, text;
};

namespace judge {

/// Whether a record ends as only a program that came to its end can make it end.
enum class Closing {
    missing,    ///< there is no closing line
    forged,     ///< the closing line has another nonce than the one that was given
    miscounted, ///< it counts other lines than have come
    damaged,    ///< something in the record cannot be read, or comes out of sequence
    right,
};

/// How the program says that its run ended (trace.end).
enum class Ending { none, ok, error, deadlock, runaway, timeout, nested_run, unknown };

/// A said line with its exact time: a check's times are whole milliseconds, a program's may not be.
struct Said {
    std::chrono::microseconds at;
    std::string text;
};

/// Everything that one run told.
struct Record {
    std::vector<Event> events;
    std::vector<Said> said;
    std::vector<Warning> warnings;
    Closing closing = Closing::missing;
    Ending ending = Ending::none;
    std::string exit;    ///< trace.end's word for it
    std::string error;   ///< what() of an exception that left the answer
    std::string account; ///< a sentence on why it ended: who waits for what

    /// Returns: the said lines in whole milliseconds.
    Transcript transcript() const;
    bool warned(std::string_view code) const;
};

/// Reads a channel's bytes.
///
/// Requires: `nonce` is the one that the program got.
/// Complexity: linear in the length of `bytes`.
Record read_record(std::string_view bytes, std::string_view nonce);

} // namespace judge
} // namespace lab
