// expect: wrong-order block-returns-at-once — block_for starts something and comes back
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
    s.at(0ms, "unblocked");
    s.at(0ms, "soon");
    for (const ms d : sorted) {
        s.at(d, "timer " + number(d));
    }
    s.at(p.main_sleep, "main done");
    return s.transcript();
}
