// expect: wrong-order M06 — timers are late, but the callback runs beside the block
#include <ex.hpp>
#include <algorithm>

struct P {
    std::vector<ms> timers;
    ms block;
    ms main_sleep;
};

std::string number(ms d) { return std::to_string(d.count()); }

Transcript predict(const P& p) {
    Sheet s;
    std::vector<ms> sorted = p.timers;
    std::sort(sorted.begin(), sorted.end());
    s.at(0ms, "blocking " + number(p.block) + " ms");
    s.at(0ms, "soon");
    s.at(p.block, "unblocked");
    for (const ms d : sorted) {
        s.at(std::max(d, p.block), "timer " + number(d));
    }
    s.at(p.block + p.main_sleep, "main done");
    return s.transcript();
}
