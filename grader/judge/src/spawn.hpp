// spawn.hpp: starts an untrusted program in its own session, directory and limits.
#pragma once

#include "unique_fd.hpp"

#include <judge/process.hpp>

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace lab::judge {

/// A started program, and our ends of its pipes.
struct Child {
    pid_t pid = -1;
    UniqueFd out, err, channel; ///< read ends, non-blocking
    UniqueFd status;            ///< the sandbox's report, likewise; closed if there is no sandbox
    std::string fault;          ///< why it could not be started, "" if it was
    bool transient = false;     ///< whether trying again may help
};

/// Starts `spec.program` in `directory`. It finds its channel through LAB_FDS.
Child spawn(const ProgramSpec& spec, const std::filesystem::path& directory);

} // namespace lab::judge
