// ex.hpp: what a predict exercise needs, and nothing that could run the program it predicts.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using ms = std::chrono::milliseconds;

/// One line of a transcript.
struct Line {
    ms at;            ///< virtual time
    std::string text; ///< what the program said
    friend bool operator==(const Line&, const Line&) = default;
};

/// What a program says, in the order in which it says it.
using Transcript = std::vector<Line>;

/// Collects facts of the form "at this time it says that", and puts them in order of time.
class Sheet {
public:
    /// States one fact. Facts of one instant keep the order in which they were stated.
    /// Complexity: O(n).
    void at(ms time, std::string text) {
        const auto later = [](ms t, const Line& line) { return t < line.at; };
        const auto place = std::upper_bound(lines_.begin(), lines_.end(), time, later);
        lines_.insert(place, {time, std::move(text)});
    }

    /// Returns: the transcript, in order of time.
    Transcript transcript() const { return lines_; }

private:
    Transcript lines_;
};
