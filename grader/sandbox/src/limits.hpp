// limits.hpp: limits and descriptors, set alike on both sides of the wall.
#pragma once

#include "options.hpp"

#include <vector>

namespace lab::box {

/// Effects: lowers this process's limits; none is raised. Ends the process if the kernel refuses.
void set_limits(const std::vector<Limit>& limits);

/// Effects: closes every descriptor but 0, 1, 2 and `kept`.
void close_all_but(std::vector<int> kept);

} // namespace lab::box
