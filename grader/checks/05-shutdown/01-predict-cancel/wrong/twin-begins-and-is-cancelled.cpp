// expect: wrong-content twin-works — the twin runs to its first await and hears of the cancel there
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
    for (ms t = p.start; t < c; t += p.period) {
        s.at(t, p.name + ": working");
        if (!p.twin_cancelled_at_once) {
            s.at(t, "twin: working");
        }
    }
    if (p.twin_cancelled_at_once) {
        s.at(p.start, "twin: working");
        s.at(p.start, "twin: cancelled");
        s.at(p.start + p.cleanup, "twin: clean");
    }
    s.at(c, "cancel requested");
    s.at(c, p.name + ": cancelled");
    if (!p.twin_cancelled_at_once) {
        s.at(c, "twin: cancelled");
    }
    s.at(c + p.cleanup, p.name + ": clean");
    if (!p.twin_cancelled_at_once) {
        s.at(c + p.cleanup, "twin: clean");
    }
    s.at(c + p.cleanup, "all gone");
    return s.transcript();
}
