// enter.hpp: the way in: who the command is, what it may use, what it inherits.
#pragma once

#include "options.hpp"

namespace lab::box {

/// Effects: joins the cgroups, becomes another user if asked to, sets the limits, closes what the
/// command shall not have, and becomes the command.
///
/// With a status descriptor it says `direct` there, for then the command is nobody's child but the
/// caller's, and its own wait status is the right one; or `failed WHY`.
[[noreturn]] void enter(const Options& options);

} // namespace lab::box
