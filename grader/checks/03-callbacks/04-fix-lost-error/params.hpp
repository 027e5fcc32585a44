// params.hpp: the jobs that one case of 03-callbacks/04 runs, for the driver and for the checker.
#pragma once
#include <lab/draw.hpp>

#include <algorithm>
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
inline milliseconds last_end(const Params& p, std::size_t count) {
    milliseconds last = 0ms;
    for (std::size_t i = 0; i < count; ++i) {
        last = std::max(last, p.jobs[i].delay);
    }
    return last;
}

/// Whether the wrong ideas show in this order of the jobs. A failing job stands behind a slower one
/// and is heard before the end, so that "when the loop comes to it" is neither "at once" nor "at
/// the end".
inline bool tells(const Params& p) {
    for (std::size_t i = 0; i < p.jobs.size(); ++i) {
        const milliseconds heard = last_end(p, i + 1);
        if (p.jobs[i].fails() && heard > p.jobs[i].delay && heard < last_end(p, p.jobs.size())) {
            return true;
        }
    }
    return false;
}

/// Seed 0 is the set of the task text. The delays are all different. One job fails before its first
/// wait, so that an end at the first failure loses all the others; later on at least one throws an
/// aio::Error and one another exception, so that a catch for one of them shows. The last job to end
/// may fail or not: its report comes before the last line.
inline Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{"photos", 300ms},
                 {"news", 0ms, End::error, "no paper"},
                 {"maps", 200ms, End::logic_error, "no ink"},
                 {"mail", 100ms, End::error, "no stamp"},
                 {"music", 500ms},
                 {"games", 400ms, End::logic_error, "no coin"}}};
    }
    lab::Draw d(seed);
    Params p;
    const int failing = d.between(2, 4);
    const int well = d.between(2, 3);
    const auto delays = d.distinct_delays(failing + well, 100, 900);
    for (const auto delay : delays) {
        const int i = static_cast<int>(p.jobs.size());
        if (i < failing) {
            const End end = i % 2 == 0 ? End::error : End::logic_error;
            p.jobs.push_back({d.name(), delay, end, "no " + d.name()});
        } else {
            p.jobs.push_back({d.name(), delay});
        }
    }
    const End early = d.chance(50) ? End::error : End::logic_error;
    p.jobs.push_back({d.name(), 0ms, early, "no " + d.name()});
    do {
        d.shuffle(p.jobs);
    } while (!tells(p));
    return p;
}

} // namespace exercise
