// expect: wrong-order M31 — cancel() throws into the worker, and comes back when it has heard
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
    const ms cancel = p.start + p.until_cancel;
    s.at(p.start, "Later");
    for (ms t = p.start; t < cancel; t += p.period) {
        for (const std::string& name : names) {
            s.at(t, name + ": working");
        }
    }
    for (const std::string& name : names) {
        s.at(cancel, name + ": cancelled");
        s.at(cancel + p.cleanup, name + ": clean");
    }
    s.at(cancel, "cancel requested");
    s.at(cancel + p.cleanup, "all gone");
    return s.transcript();
}
