// expect: wrong-order M13 — every timer fires at its own date, block or no block
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
    for (const ms d : sorted) {
        s.at(d, "timer " + number(d));
    }
    s.at(p.block, "unblocked");
    s.at(p.block, "soon");
    s.at(p.block + p.main_sleep, "main done");
    return s.transcript();
}
