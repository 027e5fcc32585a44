// expect: incomplete missed-is-lost — the last late timer stands for all of them
#include <ex.hpp>
#include <algorithm>

struct P {
    std::vector<ms> timers;
    ms block;
    ms main_sleep;
};

std::string number(ms d) { return std::to_string(d.count()); }

Transcript predict(const P& p) {
    std::vector<ms> sorted = p.timers;
    std::sort(sorted.begin(), sorted.end());
    std::size_t first = 0;
    while (first + 1 < sorted.size() && sorted[first + 1] <= p.block) {
        ++first;
    }
    Transcript lines = {
        {0ms, "blocking " + number(p.block) + " ms"}, {p.block, "unblocked"}, {p.block, "soon"}};
    for (std::size_t i = first; i < sorted.size(); ++i) {
        lines.push_back({std::max(sorted[i], p.block), "timer " + number(sorted[i])});
    }
    lines.push_back({p.block + p.main_sleep, "main done"});
    return lines;
}
