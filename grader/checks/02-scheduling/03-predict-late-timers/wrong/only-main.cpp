// expect: incomplete incomplete — the lines of main, and nothing of the timers yet
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
    s.at(0ms, "blocking " + number(p.block) + " ms");
    s.at(p.block, "unblocked");
    s.at(p.block + p.main_sleep, "main done");
    return s.transcript();
}
