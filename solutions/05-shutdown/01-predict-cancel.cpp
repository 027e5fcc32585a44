// 05-shutdown/01 predict-cancel, solved: a note, read at the next chance, and then the
// washing-up.
#include <ex.hpp>

struct P {
    std::string name;
    ms start, period, until_cancel, cleanup;
    bool twin_cancelled_at_once;
};

Transcript predict(const P& p) {
    Sheet s;
    // 1 who speaks: a task that is cancelled before its first step never runs its body,
    //   so it has nothing to clean up either (R10). Otherwise the twin does all that
    //   the worker does, right after it.
    std::vector<std::string> names = {p.name};
    if (!p.twin_cancelled_at_once) {
        names.push_back("twin");
    }

    // 2 the work begins with the first step and ends before the cancel. If both are due
    //   at one instant, main goes first: its card was filed at p.start, when it began
    //   to sleep, and the worker's last card later (R7).
    const ms cancel = p.start + p.until_cancel;
    s.at(p.start, "Later");
    for (ms t = p.start; t < cancel; t += p.period) {
        for (const std::string& name : names) {
            s.at(t, name + ": working");
        }
    }

    // 3 cancel() leaves a note and comes back: main keeps the hands until it waits, and
    //   then the tasks read their notes, in the same instant (R10).
    s.at(cancel, "cancel requested");
    for (const std::string& name : names) {
        s.at(cancel, name + ": cancelled");
    }

    // 4 the clean-up takes its time, for both together, and main waits for it.
    for (const std::string& name : names) {
        s.at(cancel + p.cleanup, name + ": clean");
    }
    s.at(cancel + p.cleanup, "all gone");
    return s.transcript();
}
