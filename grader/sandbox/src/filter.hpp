// filter.hpp: the system calls that an answer has no use for.
#pragma once

namespace lab::box {

/// Effects: from here on this process and its children cannot trace, mount, make namespaces, load
/// code into the kernel, or reach sockets other than local ones and the internet's. Needs no
/// rights.
///
/// Returns: whether it holds; errno says why not. On a processor that it does not know: ENOSYS.
bool set_filter();

} // namespace lab::box
