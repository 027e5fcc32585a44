// params.hpp: the services and the signals of one case of 05-shutdown/03, for driver and checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using std::chrono::milliseconds;

struct Service {
    std::string name;
    milliseconds every, cleanup;
};

struct Params {
    std::vector<Service> services;
    int signo;
    milliseconds signal; ///< the first one; the second comes 50 ms later
};

/// Returns: when the second signal comes.
milliseconds second_signal(const Params& p);

/// Returns: the longest clean-up.
milliseconds longest_cleanup(const Params& p);

/// Returns: whether the lines before the signal, those at 0 left out, are 120 ms apart from each
/// other and from it, and no line was to come within 250 ms after it. So the order of the lines is
/// the same on a real clock, where a busy machine makes each of them a little late.
bool far_apart(const Params& p);

/// Seed 0 is the set of the task text. The clean-ups are different, so that waiting for all is
/// longer than for one (M34), and shorter than in a row (M02). The longest is 200 ms or more: the
/// second signal falls into it (M35), and it is not over when that signal comes late. The last
/// service never has the longest: who waits for that one only has left too early.
Params draw(std::uint64_t seed);

} // namespace exercise
