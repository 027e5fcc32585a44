// process.hpp: runs a program that nobody trusts, within limits, and leaves nothing of it behind.
#pragma once

#include <judge/decide.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lab::judge {

/// What a run may use.
struct Limits {
    std::chrono::seconds cpu{5};
    std::chrono::seconds wall{10};          ///< without the time in which it waited for a processor
    std::uint64_t memory_bytes = 256 << 20; ///< 0: no limit (sanitizers reserve terabytes)
    std::uint64_t resident_bytes = 1 << 30; ///< the whole family's own pages, always counted
    std::size_t processes = 64;             ///< processes and threads at one time
    std::size_t output_bytes = 256 << 10;   ///< stdout and stderr together
    std::size_t transcript_bytes = 1 << 20; ///< the channel's say lines
    std::size_t channel_bytes = 48 << 20;   ///< transcript and trace together
    std::size_t channel_lines = 400'000;
};

/// A signal that the program gets while it runs.
struct TimedSignal {
    std::string after;               ///< what it says before; as it stands in JSON
    std::chrono::milliseconds delay; ///< from when that is seen
    int signo;
};

/// The sandbox around a program, if there is one.
struct Box {
    /// Words of the command that starts the program. In each, {program} stands for the program's
    /// path and {status} for the descriptor on which the sandbox reports. Empty: no sandbox.
    std::vector<std::string> words;
    std::vector<std::filesystem::path> cgroups; ///< whose counters tell of refusals

    bool used() const { return !words.empty(); }
};

/// What to run.
struct ProgramSpec {
    std::filesystem::path program;
    std::string greeting; ///< the line that it reads from its channel: seed, clock, nonce
    Limits limits;
    int stop_fd = -1;                 ///< becomes readable when the judge is asked to stop
    std::vector<TimedSignal> signals; ///< in the order of their times
    Box box{};
};

/// What came of it.
struct Outcome {
    std::string fault;      ///< our own failure, in words; "" if there was none
    bool transient = false; ///< whether trying again may help
    bool stopped = false;   ///< broken off because the judge was asked to stop
    bool by_signal = false;
    int status = 0; ///< exit status, or the signal's number
    LimitFacts limits;
    bool idle = false; ///< it met the time limit without using a processor
    std::string out, err, channel;
    std::size_t out_bytes = 0; ///< how much stdout really was
    double seconds = 0;
};

/// Runs the program to its end or to its first limit.
///
/// Effects: the program gets a session, a temporary directory and channel of its own, /dev/null as
/// stdin and a small environment. On return no descendant of this process is alive, whatever the
/// program started, and the directory is gone. A stop request ends it at once.
///
/// In a sandbox the wait status is the one that the sandbox's own first process reports. A sandbox
/// that reports nothing, and that no limit has ended, is a fault of ours which may pass.
Outcome run_program(const ProgramSpec& spec);

} // namespace lab::judge
