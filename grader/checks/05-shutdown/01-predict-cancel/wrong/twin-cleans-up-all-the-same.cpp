// expect: wrong-content twin-cleans-up — the body of the cancelled twin is entered in its catch
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
    std::vector<std::string> names = {p.name, "twin"};
    for (ms t = p.start; t < c; t += p.period) {
        s.at(t, p.name + ": working");
        if (!p.twin_cancelled_at_once) {
            s.at(t, "twin: working");
        }
    }
    s.at(c, "cancel requested");
    for (const std::string& name : names) {
        const bool early = name == "twin" && p.twin_cancelled_at_once;
        const ms asked = early ? p.start : c;
        s.at(asked, name + ": cancelled");
        s.at(asked + p.cleanup, name + ": clean");
    }
    s.at(c + p.cleanup, "all gone");
    return s.transcript();
}
