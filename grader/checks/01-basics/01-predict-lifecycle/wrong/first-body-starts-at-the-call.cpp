// expect: wrong-order M03 — only the first body runs at once, and the lines are built by hand
#include <ex.hpp>
#include <algorithm>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    Transcript lines;
    lines.push_back({0ms, "Main: creating tasks"});
    lines.push_back({0ms, p.a + ": starting"});
    lines.push_back({0ms, "Main: waiting for tasks"});
    lines.push_back({0ms, p.b + ": starting"});
    if (p.da < p.db) {
        lines.push_back({p.da, p.a + ": done"});
        lines.push_back({p.db, p.b + ": done"});
        lines.push_back({p.db, "Main: all done"});
    } else {
        lines.push_back({p.db, p.b + ": done"});
        lines.push_back({p.da, p.a + ": done"});
        lines.push_back({p.da, "Main: all done"});
    }
    return lines;
}
