// Late ones and punctual ones, sorted and written by hand.
#include <ex.hpp>
#include <algorithm>

struct P {
    std::vector<ms> timers;
    ms block;
    ms main_sleep;
};

std::string number(ms d) { return std::to_string(d.count()); }

Transcript predict(const P& p) {
    std::vector<ms> late, on_time;
    for (const ms d : p.timers) {
        (d <= p.block ? late : on_time).push_back(d);
    }
    std::sort(late.begin(), late.end());
    std::sort(on_time.begin(), on_time.end());
    Transcript lines{{0ms, "blocking " + number(p.block) + " ms"}};
    for (const std::string text : {"unblocked", "soon"}) {
        lines.push_back({p.block, text});
    }
    for (const ms d : late) {
        lines.push_back({p.block, "timer " + number(d)});
    }
    for (const ms d : on_time) {
        lines.push_back({d, "timer " + number(d)});
    }
    lines.push_back({p.block + p.main_sleep, "main done"});
    return lines;
}
