// family.hpp: the end of an untrusted program and of everything that it started.
#pragma once

#include <sys/types.h>

namespace lab::judge {

/// Effects: kills and reaps every descendant of this process, also those that left their session or
/// lost their parents; gives up after five seconds (a process inside the kernel cannot be killed).
///
/// Returns: whether none is left.
bool end_family();

} // namespace lab::judge
