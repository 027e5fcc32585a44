// expect: wrong-order M14 — a timer waits for those that were set before it
#include <ex.hpp>
#include <algorithm>

struct P {
    std::vector<ms> timers;
    ms block;
    ms main_sleep;
};

std::string number(ms d) { return std::to_string(d.count()); }

Transcript predict(const P& p) {
    Transcript lines = {
        {0ms, "blocking " + number(p.block) + " ms"}, {p.block, "unblocked"}, {p.block, "soon"}};
    ms clock = p.block;
    for (std::size_t i = 0; i < p.timers.size(); ++i) {
        clock = std::max(clock, p.timers[i]);
        lines.push_back({clock, "timer " + number(p.timers[i])});
    }
    lines.push_back({p.block + p.main_sleep, "main done"});
    return lines;
}
