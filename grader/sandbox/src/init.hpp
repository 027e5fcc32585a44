// init.hpp: the first process inside: starts the command, buries orphans, tells how it ended.
#pragma once

#include "options.hpp"

namespace lab::box {

/// Effects: runs the command as a child without the status descriptor, and says there `started`,
/// and then `ended STATUS`, the number that wait(2) gave. A shell's convention would not do: 139 is
/// a crash and also what a program may exit with. Several commands with `--then` between them run
/// one after the other, up to the first that fails; each says `started`, and the last one `ended`.
/// When this process ends, the kernel ends all that is left in its process namespace.
[[noreturn]] void init(const Options& options);

} // namespace lab::box
