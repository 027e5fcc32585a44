// os.hpp: what the judge needs of a kernel beyond POSIX: finding descendants, and how they fared.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace lab::judge::os {

/// Effects: orphans among this process's descendants become its children, so that they can be found
/// and reaped. Does nothing where the kernel cannot do it.
void adopt_orphans();

/// Effects, in a child between fork and exec: the child dies with its parent.
void die_with_parent(pid_t parent);

/// Effects: closes every descriptor from `first` on.
void close_from(int first);

/// Returns: all descendants of `ancestor` that the kernel can tell of, parents before children.
std::vector<pid_t> descendants(pid_t ancestor);

/// How one process has fared since it started.
struct Fare {
    std::chrono::nanoseconds ran{0}; ///< on a processor, all threads together
    std::chrono::nanoseconds queued{
        0}; ///< ready to run but without one: the longest of its threads
    std::size_t threads = 0;
    std::uint64_t resident_bytes = 0; ///< without what is shared with others
};

/// Returns: how many threads the machine runs at this moment, or a large number if nobody knows.
std::size_t threads_of_machine();

/// Returns: the fare of `pid`; zeros if it is gone or the kernel does not tell.
Fare fare(pid_t pid);

} // namespace lab::judge::os
