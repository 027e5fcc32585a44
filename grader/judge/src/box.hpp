// box.hpp: what the sandbox and the kernel tell of a run inside it.
#pragma once

#include <judge/process.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lab::judge {

/// What the sandbox said of the program's end; see grader/sandbox/src/init.hpp.
struct BoxReport {
    bool direct = false;                   ///< the program is our own child: wait(2) tells
    bool ended = false;                    ///< `status` holds
    int status = 0;                        ///< as wait(2) gives it
    std::string problem = "did not start"; ///< why there is no status, behind "the sandbox "
};

/// Returns: what `text`, the lines on the status descriptor, says.
BoxReport read_box_report(std::string_view text);

/// How often the kernel has refused something to a control group.
struct Refusals {
    long memory = 0;    ///< processes ended because memory was used up
    long processes = 0; ///< forks that failed
};

/// Returns: the sums over `cgroups`, of either version; zeros for what cannot be read.
Refusals refusals(const std::vector<std::filesystem::path>& cgroups);

/// Returns: how many processes of its own a sandbox adds to a program's.
std::size_t box_processes(const Box& box);

} // namespace lab::judge
