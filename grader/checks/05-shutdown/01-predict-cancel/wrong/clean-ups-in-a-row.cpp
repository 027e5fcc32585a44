// expect: wrong-time M18 — the sleep of one clean-up holds up the other one
#include <ex.hpp>

struct P {
    std::string name;
    ms start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

Transcript predict(const P& p) {
    Sheet s;
    const ms c = p.start + p.until_cancel;
    s.at(p.start, "Later");
    std::vector<std::string> names = {p.name};
    if (!p.twin_cancelled_at_once) {
        names.push_back("twin");
    }
    for (ms t = p.start; t < c; t += p.period) {
        for (const auto& n : names) {
            s.at(t, n + ": working");
        }
    }
    s.at(c, "cancel requested");
    ms end = c;
    for (const auto& n : names) {
        s.at(c, n + ": cancelled");
        end += p.cleanup;
        s.at(end, n + ": clean");
    }
    s.at(end, "all gone");
    return s.transcript();
}
