// epoll_selector.hpp: the selector on Linux's epoll, which costs nothing for descriptors without
// news.
//
// Floor 3.
#pragma once

#include "aio/selector.hpp"

namespace aio {

/// Returns: a selector on epoll(7). Throws: std::system_error if the kernel gives no descriptor.
/// Complexity of select(): O(news).
std::unique_ptr<Selector> make_epoll_selector();

} // namespace aio
