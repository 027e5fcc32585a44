// params.cpp: how the cases of 03-callbacks/04 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

#include <algorithm>

namespace exercise {

milliseconds last_end(const Params& p, std::size_t count) {
    milliseconds last = 0ms;
    for (std::size_t i = 0; i < count; ++i) {
        last = std::max(last, p.jobs[i].delay);
    }
    return last;
}

bool tells(const Params& p) {
    for (std::size_t i = 0; i < p.jobs.size(); ++i) {
        const milliseconds heard = last_end(p, i + 1);
        if (p.jobs[i].fails() && heard > p.jobs[i].delay && heard < last_end(p, p.jobs.size())) {
            return true;
        }
    }
    return false;
}

Params draw(std::uint64_t seed) {
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
