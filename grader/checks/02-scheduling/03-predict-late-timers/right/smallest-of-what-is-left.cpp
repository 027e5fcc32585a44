// Takes the nearest deadline out of the list until it is empty; main's end is stated at last.
#include <ex.hpp>
#include <algorithm>

struct P {
    std::vector<ms> timers;
    ms block;
    ms main_sleep;
};

std::string number(ms d) { return std::to_string(d.count()); }

Transcript predict(P p) {
    Sheet s;
    s.at(p.block, "unblocked");
    s.at(0ms, "blocking " + number(p.block) + " ms");
    s.at(p.block, "soon");
    while (!p.timers.empty()) {
        const auto nearest = std::min_element(p.timers.begin(), p.timers.end());
        if (*nearest < p.block) {
            s.at(p.block, "timer " + number(*nearest));
        } else {
            s.at(*nearest, "timer " + number(*nearest));
        }
        p.timers.erase(nearest);
    }
    s.at(p.block + p.main_sleep, "main done");
    return s.transcript();
}
