// options.hpp: the command line of lab-box.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <string>
#include <vector>

namespace lab::box {

/// A limit of the kernel, by its name as the shell has it: cpu, fsize, nproc, ...
struct Limit {
    int resource;
    rlim_t most;
};

/// What to do before the command starts.
struct Options {
    std::string mode;               ///< "enter" or "init"
    std::vector<char*> command;     ///< ends with a null
    std::vector<std::string> joins; ///< the cgroup.procs files to write to
    std::vector<Limit> limits;
    std::vector<int> keep;      ///< descriptors beside 0, 1 and 2 that the command gets
    uid_t uid = 0;              ///< 0: stay who we are
    int status = -1;            ///< where to report, or -1
    int oom_score = 0;          ///< who goes first when memory is short: -1000 never, 1000 first
    bool polite_parent = false; ///< SIGTERM instead of SIGKILL when the parent dies
    bool own_directory = false; ///< the working directory becomes the command's own
    bool plain_environment = false; ///< only the variables that a program has a use for
    bool filter = false;            ///< system calls that no answer needs are refused
};

/// Reads `lab-box MODE [OPTION…] -- COMMAND…`. Ends the process with status 2 if it makes no sense.
Options parse_options(int argc, char** argv);

/// Effects: prints `lab-box: WHAT: why` with errno's words, and ends the process.
[[noreturn]] void fail(const char* what);

} // namespace lab::box
