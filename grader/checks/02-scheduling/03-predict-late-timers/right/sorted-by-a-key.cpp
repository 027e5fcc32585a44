// Every line with a key: when, then what had the older claim.
#include <ex.hpp>
#include <algorithm>
#include <map>

struct P {
    std::vector<ms> timers;
    ms block;
    ms main_sleep;
};

std::string number(ms d) { return std::to_string(d.count()); }

Transcript predict(const P& p) {
    std::map<std::pair<ms, ms>, std::string> lines;
    lines[{0ms, 0ms}] = "blocking " + number(p.block) + " ms";
    lines[{p.block, -2ms}] = "unblocked";
    lines[{p.block, -1ms}] = "soon";
    for (const ms d : p.timers) {
        lines[{d < p.block ? p.block : d, d}] = "timer " + number(d);
    }
    lines[{p.block + p.main_sleep, ms::max()}] = "main done";
    Sheet s;
    for (const auto& [key, text] : lines) {
        s.at(key.first, text);
    }
    return s.transcript();
}
