// expect: wrong-order M04 — the second task starts when the first one has been awaited
#include <ex.hpp>
#include <algorithm>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, "Main: creating tasks");
    s.at(0ms, "Main: waiting for tasks");
    s.at(0ms, p.a + ": starting");
    s.at(p.da, p.a + ": done");
    s.at(p.da, p.b + ": starting");
    s.at(p.da + p.db, p.b + ": done");
    s.at(p.da + p.db, "Main: all done");
    return s.transcript();
}
