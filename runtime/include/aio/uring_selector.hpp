// uring_selector.hpp: the selector on Linux's io_uring, which hands over all its requests in the
// system call that waits for their answers. Nobody needs it to understand the rest.
//
// Floor 8.
#pragma once

#include "aio/selector.hpp"

namespace aio {

/// Returns: a selector on io_uring(7). Throws: std::system_error if the kernel has none (before
/// 5.11), or refuses it: a container often does. Complexity of select(): O(news), and one system
/// call, two after news of more than 256 descriptors.
/// See: aio::make_selector, which picks one by its name.
std::unique_ptr<Selector> make_uring_selector();

} // namespace aio
