// line.hpp: one line of a transcript, and what a whole transcript is.
#pragma once

#include <chrono>
#include <ostream>
#include <string>
#include <vector>

namespace lab {

using ms = std::chrono::milliseconds;

/// What was said, and at which virtual time.
struct Line {
    ms at;
    std::string text;

    bool operator==(const Line&) const = default;
};

using Transcript = std::vector<Line>;

/// Writes "[ 1000] B: done", as a program prints it.
std::ostream& operator<<(std::ostream& out, const Line& line);
std::ostream& operator<<(std::ostream& out, const Transcript& lines);

/// Returns: "[ 1000] B: done".
std::string to_text(const Line& line);

} // namespace lab
