// subprocess.hpp: programs that the loop starts, talks to and waits for.
//
// The loop never waits in waitpid(): the kernel gives each child a descriptor that can be read once
// the child has ended, and its pipes are streams. A child lives on the kernel's time: on a virtual
// clock, await its output or its end, and set no deadlines.
//
// Floor 8.
#pragma once

#include "aio/stream.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace aio {

/// Where one of a child's three descriptors leads.
enum class Stdio : std::uint8_t {
    inherit,  ///< where ours leads
    pipe,     ///< to a stream of ours
    null,     ///< nowhere: /dev/null
    to_output ///< errors only: where its output leads
};

/// How create_subprocess_exec() starts a child.
struct ProcessOptions {
    Stdio input = Stdio::inherit;
    Stdio output = Stdio::inherit;
    Stdio errors = Stdio::inherit;
    std::optional<std::string> folder; ///< in which it starts; ours if not given
    std::optional<std::map<std::string, std::string>> environment; ///< all of it; ours if not given
    std::size_t limit_bytes = default_stream_limit_bytes;          ///< of the readers
};

/// The child that a signal was for has ended. See: ProcessLookupError.
struct ProcessLookupError : Error {
    using Error::Error;
};

namespace detail {
class Child;
} // namespace detail

/// A program that was started; copies name the same one. The loop takes note of its end though
/// nobody wait, and does not kill it when the last handle is gone.
///
/// See: asyncio.subprocess.Process.
class Process {
public:
    /// All that it wrote, as far as that came through pipes.
    struct Written {
        std::string output;
        std::string errors;
    };

    std::optional<StreamWriter> input; ///< those that are pipes
    std::optional<StreamReader> output;
    std::optional<StreamReader> errors;

    int pid() const;
    /// Returns: its exit code, or minus the number of the signal that killed it; nothing before the
    /// loop has taken note of its end. 255 if somebody else has taken its code, as the kernel does
    /// where SIGCHLD is ignored.
    std::optional<int> returncode() const;
    /// Waits until it has ended. Returns: as returncode(). A child whose pipe is full because
    /// nobody reads it never ends: communicate() reads.
    Coro<int> wait() const;
    /// Sends `text`, then the end of its input; reads everything; waits until it has ended. Throws:
    /// Error if `text` is given and its input is no pipe. One that does not read its input is fine.
    Coro<Written> communicate(std::string text = {}) const;
    /// Throws: ProcessLookupError if it has ended; std::system_error if that is refused.
    void send_signal(int signo) const;
    void terminate() const; ///< SIGTERM, which it may ignore
    void kill() const;      ///< SIGKILL, which it cannot

    /// For the runtime.
    explicit Process(std::shared_ptr<detail::Child> child);

private:
    std::shared_ptr<detail::Child> child_;
};

/// Starts a program: `argv[0]`, looked for in PATH if it has no slash, with its arguments. No shell
/// reads them. Descriptors that are marked close-on-exec, as all of ours are, do not go along.
///
/// Throws: ValueError if `argv` is empty, a text has a zero byte, a variable's name is empty or has
/// a '=', the limit is 0, or anything but errors goes to_output; std::system_error if the program
/// cannot be started, such as ENOENT, or there are no descriptors for its pipes.
Coro<Process> create_subprocess_exec(std::vector<std::string> argv, ProcessOptions options = {});

} // namespace aio
