// expect: wrong-content M13-tie — main asks, and the worker works once more before it hears
#include <ex.hpp>

struct P {
    std::string name;
    ms start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

Transcript predict(const P& p) {
    Sheet s;
    const ms cancel = p.start + p.until_cancel;
    s.at(cancel, "cancel requested");
    s.at(p.start, "Later");
    const auto life = [&](const std::string& who) {
        for (int k = 0; p.start + k * p.period <= cancel; ++k) {
            s.at(p.start + k * p.period, who + ": working");
        }
        s.at(cancel, who + ": cancelled");
        s.at(cancel + p.cleanup, who + ": clean");
    };
    life(p.name);
    if (!p.twin_cancelled_at_once) {
        life("twin");
    }
    s.at(cancel + p.cleanup, "all gone");
    return s.transcript();
}
