// How many ticks are there? Division, and no sheet.
#include <ex.hpp>

struct P {
    std::string name;
    ms start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

Transcript predict(const P& p) {
    const ms c = p.start + p.until_cancel;
    const auto ticks = (p.until_cancel + p.period - 1ms) / p.period;
    Transcript lines = {{p.start, "Later"}};
    const auto both = [&](ms at, const std::string& what) {
        lines.push_back({at, p.name + what});
        if (!p.twin_cancelled_at_once) {
            lines.push_back({at, "twin" + what});
        }
    };
    for (int k = 0; k < ticks; ++k) {
        both(p.start + k * p.period, ": working");
    }
    lines.push_back({c, "cancel requested"});
    both(c, ": cancelled");
    both(c + p.cleanup, ": clean");
    lines.push_back({c + p.cleanup, "all gone"});
    return lines;
}
