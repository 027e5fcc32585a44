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
    void at(ms time, std::string text) { lines_.push_back({time, std::move(text)}); }

    /// Returns: the transcript, in order of time. Complexity: O(n log n).
    Transcript transcript() const {
        Transcript sorted = lines_;
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](const Line& a, const Line& b) { return a.at < b.at; });
        return sorted;
    }

private:
    Transcript lines_;
};
