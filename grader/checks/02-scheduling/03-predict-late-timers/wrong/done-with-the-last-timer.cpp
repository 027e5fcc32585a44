// expect: wrong-time main-waits-for-timers — main is done when nothing is left to happen
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
    s.at(p.block, "unblocked");
    s.at(p.block, "soon");
    for (const ms d : sorted) {
        s.at(std::max(d, p.block), "timer " + number(d));
    }
    s.at(std::max(sorted.back(), p.block), "main done");
    return s.transcript();
}
