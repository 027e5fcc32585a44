// expect: wrong-order M18 — late timers keep their distances from each other
#include <ex.hpp>
#include <algorithm>

struct P {
    std::vector<ms> timers;
    ms block;
    ms main_sleep;
};

std::string number(ms d) { return std::to_string(d.count()); }

Transcript predict(const P& p) {
    const ms first = *std::min_element(p.timers.begin(), p.timers.end());
    const ms shift = first < p.block ? p.block - first : 0ms;
    std::vector<Line> lines;
    for (const ms d : p.timers) {
        lines.push_back({d + shift, "timer " + number(d)});
    }
    std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.at < b.at; });
    Sheet s;
    s.at(0ms, "blocking " + number(p.block) + " ms");
    s.at(p.block, "unblocked");
    s.at(p.block, "soon");
    for (const Line& line : lines) {
        s.at(line.at, line.text);
    }
    s.at(p.block + p.main_sleep, "main done");
    return s.transcript();
}
