// params.hpp: the jobs that one case of 03-callbacks/04 runs, for the driver and for the checker.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace exercise {

using std::chrono_literals::operator""ms;
using std::chrono::milliseconds;

/// How a job ends: well, or with one of two kinds of exception that have no more in common than
/// std::exception.
enum class End { well, error, logic_error };

struct DrawnJob {
    std::string name;
    milliseconds delay; ///< 0: it throws before its first wait
    End end = End::well;
    std::string what{};

    bool fails() const { return end != End::well; }
};

struct Params {
    std::vector<DrawnJob> jobs;
};

/// Returns: when the last of the first `count` jobs has ended.
milliseconds last_end(const Params& p, std::size_t count);

/// Whether the wrong ideas show in this order of the jobs. A failing job stands behind a slower one
/// and is heard before the end, so that "when the loop comes to it" is neither "at once" nor "at
/// the end".
bool tells(const Params& p);

/// Seed 0 is the set of the task text. The delays are all different. One job fails before its first
/// wait, so that an end at the first failure loses all the others; later on at least one throws an
/// aio::Error and one another exception, so that a catch for one of them shows. The last job to end
/// may fail or not: its report comes before the last line.
Params draw(std::uint64_t seed);

} // namespace exercise
