// expect: wrong-time sleeps-on — the note is read when the sleep is over
#include <ex.hpp>

struct P {
    std::string name;
    ms start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

Transcript predict(const P& p) {
    Sheet s;
    std::vector<std::string> names = {p.name};
    if (!p.twin_cancelled_at_once) {
        names.push_back("twin");
    }
    const ms asked = p.start + p.until_cancel;
    s.at(p.start, "Later");
    s.at(asked, "cancel requested");
    ms t = p.start;
    while (t < asked) {
        for (const std::string& name : names) {
            s.at(t, name + ": working");
        }
        t += p.period;
    }
    for (const std::string& name : names) {
        s.at(t, name + ": cancelled");
        s.at(t + p.cleanup, name + ": clean");
    }
    s.at(t + p.cleanup, "all gone");
    return s.transcript();
}
