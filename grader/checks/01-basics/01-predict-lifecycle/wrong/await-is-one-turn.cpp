// expect: wrong-order M07 — an await lets the tasks take one step, then main goes on
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
    s.at(0ms, p.b + ": starting");
    s.at(0ms, "Main: all done");
    s.at(p.da, p.a + ": done");
    s.at(p.db, p.b + ": done");
    return s.transcript();
}
