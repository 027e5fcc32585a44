// model.hpp: a small model of the loop, written from the rules and not from the runtime.
//
// With all switches off it prints what the runtime prints: a test compares the two on thousands of
// programs. With a switch on it prints what somebody with that belief predicts, for any program and
// any parameters.
#pragma once

#include "model/program.hpp"
#include "model/switches.hpp"

#include <judge/line.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace lab::model {

/// Something that the runtime would warn of.
struct Warned {
    ms at;
    std::string code; ///< "never_awaited", "nested_run", "exception_in_callback"
    std::string text;

    bool operator==(const Warned&) const = default;
};

/// How a program ended.
enum class End { ok, error, cancelled, deadlock };

/// Everything that a run shows.
struct Observed {
    Transcript transcript;
    std::vector<Warned> warnings;
    End end = End::ok;
    std::string error; ///< with End::error, the text of main's error
};

/// Runs `program` under the beliefs that are switched on.
///
/// Throws: std::invalid_argument for a switch that is not modelled yet, and for a callback that
/// awaits.
Observed observe(const Program& program, const Switches& switches = {});

/// Returns: the transcript alone.
Transcript run(const Program& program, const Switches& switches = {});

/// Returns: the modelled beliefs under which the transcript of `program` is another one.
std::vector<Belief> telling_beliefs(const Program& program);

/// Returns: how many different wrong transcripts the beliefs give. Parameters for which this is
/// below two teach too little: draw others.
std::size_t wrong_transcripts(const Program& program);

/// Returns: the beliefs under which `program` prints exactly `transcript`; none if that is the
/// right one.
std::vector<Belief> beliefs_behind(const Program& program, const Transcript& transcript);

} // namespace lab::model
