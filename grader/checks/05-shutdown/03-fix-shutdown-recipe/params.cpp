// params.cpp: how the cases of 05-shutdown/03 are drawn.
#include "params.hpp"

#include <lab/draw.hpp>

#include <algorithm>
#include <csignal>

namespace exercise {

milliseconds second_signal(const Params& p) { return p.signal + 50ms; }

milliseconds longest_cleanup(const Params& p) {
    milliseconds longest = 0ms;
    for (const Service& service : p.services) {
        longest = std::max(longest, service.cleanup);
    }
    return longest;
}

bool far_apart(const Params& p) {
    std::vector<milliseconds> dates = {p.signal};
    for (const Service& service : p.services) {
        milliseconds tick = service.every;
        for (; tick < p.signal; tick += service.every) {
            dates.push_back(tick);
        }
        if (tick < p.signal + 250ms) {
            return false;
        }
    }
    std::sort(dates.begin(), dates.end());
    for (std::size_t i = 1; i < dates.size(); ++i) {
        if (dates[i] - dates[i - 1] < 120ms) {
            return false;
        }
    }
    return dates.size() > 1;
}

Params draw(std::uint64_t seed) {
    if (seed == 0) {
        return {{{"srv", 300ms, 200ms}, {"job", 500ms, 100ms}}, SIGTERM, 700ms};
    }
    lab::Draw d(seed);
    Params p;
    const int count = d.between(2, 3);
    for (const std::string& name : d.names(count)) {
        p.services.push_back({name, 0ms, 0ms});
    }
    do {
        p.signal = d.delay(600, 1000);
        for (Service& service : p.services) {
            service.every = d.delay(200, 1250);
        }
    } while (!far_apart(p));
    do {
        const auto cleanups = d.distinct_delays(count, 60, 300);
        for (std::size_t i = 0; i < p.services.size(); ++i) {
            p.services[i].cleanup = cleanups[i];
        }
    } while (longest_cleanup(p) < 200ms || p.services.back().cleanup == longest_cleanup(p));
    p.signo = d.pick(std::vector<int>{SIGTERM, SIGINT, SIGHUP, SIGUSR1});
    return p;
}

} // namespace exercise
