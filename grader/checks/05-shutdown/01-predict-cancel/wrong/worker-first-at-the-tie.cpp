// expect: wrong-content M13-tie — the worker's card is served before main's: one more tick
#include <ex.hpp>

struct P {
    std::string name;
    ms start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

Transcript predict(const P& p) {
    const bool both = !p.twin_cancelled_at_once;
    Transcript lines = {{p.start, "Later"}};
    const ms end = p.start + p.until_cancel;
    for (ms now = p.start; now <= end; now += p.period) {
        lines.push_back({now, p.name + ": working"});
        if (both) {
            lines.push_back({now, "twin: working"});
        }
    }
    lines.push_back({end, "cancel requested"});
    lines.push_back({end, p.name + ": cancelled"});
    if (both) {
        lines.push_back({end, "twin: cancelled"});
    }
    lines.push_back({end + p.cleanup, p.name + ": clean"});
    if (both) {
        lines.push_back({end + p.cleanup, "twin: clean"});
    }
    lines.push_back({end + p.cleanup, "all gone"});
    return lines;
}
