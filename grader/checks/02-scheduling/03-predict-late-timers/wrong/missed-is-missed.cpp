// expect: incomplete missed-is-lost — a timer whose date has passed does not fire any more
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
        if (d > p.block) {
            s.at(d, "timer " + number(d));
        }
    }
    s.at(p.block + p.main_sleep, "main done");
    return s.transcript();
}
