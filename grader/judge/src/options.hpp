// options.hpp: a checker's command line.
#pragma once

#include "case_state.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace lab::judge {

/// What the answer is expected to get, for tests of the course itself.
struct Expectation {
    std::string verdict; ///< a verdict's name, or "not-accepted"
    std::string hint;    ///< a hint's id, or "" for any
};

struct Options {
    Setup setup;
    int cases = 5;
    std::optional<std::uint64_t> first_seed; ///< of the fresh cases
    std::optional<Expectation> expect;
    bool audit = false; ///< a suspect that fires on an accepted answer is a fault of the check
};

/// Thrown for a command line that makes no sense.
struct UsageError {
    std::string message;
};

/// Returns: the options. Throws: UsageError.
Options parse_options(int argc, const char* const* argv);

/// Returns: the text for --help and for usage errors.
std::string usage(const std::string& checker);

} // namespace lab::judge
