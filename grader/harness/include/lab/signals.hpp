// signals.hpp: signals for the answer, on whichever clock it runs.
#pragma once

#include <aio/time.hpp>

namespace lab {

/// Sees to it that the process gets signal `signo` when its clock shows `when`.
///
/// On the virtual clock the running loop simulates it, at the same point of every run. On the real
/// one the kernel delivers it: the judge sends it if its check asks for that (send_signal_after),
/// else this process sends it to itself. There it is ignored while no handler is set, so that one
/// that comes late, when the loop has closed, does no harm. Requires: a loop runs on this thread.
void signal_at(aio::ms when, int signo);

} // namespace lab
