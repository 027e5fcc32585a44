// expect: wrong-time waits-for-an-alarm — nobody looks for due timers before the next one rings
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
    ms next = p.block + p.main_sleep;
    for (const ms d : p.timers) {
        if (d > p.block) {
            next = std::min(next, d);
        }
    }
    for (const ms d : sorted) {
        s.at(std::max(d, d > p.block ? d : next), "timer " + number(d));
    }
    s.at(p.block + p.main_sleep, "main done");
    return s.transcript();
}
