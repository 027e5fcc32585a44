// sleep.hpp: wait for time to pass, and let the others have the loop meanwhile.
//
// Floor 6.
#pragma once

#include "aio/task.hpp"

namespace aio {

/// Suspends the calling coroutine until `span` has passed; the rest of the program goes on.
///
/// A span of zero or less only lets everything that is ready run first. Throws: CancelledError if
/// the task is cancelled meanwhile; its timer is then gone. See: asyncio.sleep; `block_for` stops
/// the loop.
Coro<> sleep(duration span);

} // namespace aio
