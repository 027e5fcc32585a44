// expect: wrong-order M09 — main says all its lines first, the tasks run after it
#include <ex.hpp>
#include <algorithm>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    Sheet s;
    for (const std::string line : {"creating tasks", "waiting for tasks", "all done"}) {
        s.at(0ms, "Main: " + line);
    }
    s.at(0ms, p.a + ": starting");
    s.at(0ms, p.b + ": starting");
    s.at(p.da, p.a + ": done");
    s.at(p.db, p.b + ": done");
    return s.transcript();
}
