// expect: incomplete M15-clock — until_cancel is taken for a date
#include <ex.hpp>

struct P {
    std::string name;
    ms start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(p.start, "Later");
    std::vector<std::string> names = {p.name};
    if (!p.twin_cancelled_at_once) {
        names.push_back("twin");
    }
    for (ms t = p.start; t < p.until_cancel; t += p.period) {
        for (const auto& n : names) {
            s.at(t, n + ": working");
        }
    }
    s.at(p.until_cancel, "cancel requested");
    for (const auto& n : names) {
        s.at(p.until_cancel, n + ": cancelled");
    }
    for (const auto& n : names) {
        s.at(p.until_cancel + p.cleanup, n + ": clean");
    }
    s.at(p.until_cancel + p.cleanup, "all gone");
    return s.transcript();
}
