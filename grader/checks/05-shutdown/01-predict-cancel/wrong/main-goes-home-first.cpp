// expect: wrong-order M34 — main has asked, and that is all; the clean-ups end without it
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
    for (const auto& n : names) {
        s.at(c, n + ": cancelled");
    }
    s.at(c, "all gone");
    for (const auto& n : names) {
        s.at(c + p.cleanup, n + ": clean");
    }
    return s.transcript();
}
