// leftover.hpp: what a program has left behind when its run is over.
#pragma once

namespace lab {

/// What the process has at one moment. A number that the system does not tell is 0.
struct Belongings {
    int threads = 0;
    int children = 0; ///< 1: there are some
    int descriptors = 0;
};

Belongings belongings();

/// Returns: what is there now and was not at `before`. A thread that has been joined may take a
/// moment to be gone, so this waits a little, but not for long, if there are more.
Belongings left_since(const Belongings& before);

} // namespace lab
