// One life after the other, and main's lines where the order of an instant asks for them.
#include <ex.hpp>

struct P {
    std::string name;
    ms start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

void life(Sheet& s, const P& p, const std::string& who) {
    const ms end = p.start + p.until_cancel;
    for (ms now = p.start; now != end && now < end; now += p.period) {
        s.at(now, who + ": working");
    }
    s.at(end, who + ": cancelled");
    s.at(end + p.cleanup, who + ": clean");
}

Transcript predict(const P& p) {
    Sheet s;
    s.at(p.start, "Later");
    s.at(p.start + p.until_cancel, "cancel requested");
    life(s, p, p.name);
    if (p.twin_cancelled_at_once == false) {
        life(s, p, "twin");
    }
    s.at(p.start + p.until_cancel + p.cleanup, "all gone");
    return s.transcript();
}
