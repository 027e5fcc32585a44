// expect: wrong-order M03 — both bodies run inside create_task up to their first wait
#include <ex.hpp>
#include <algorithm>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, "Main: creating tasks");
    s.at(0ms, p.a + ": starting");
    s.at(0ms, p.b + ": starting");
    s.at(0ms, "Main: waiting for tasks");
    s.at(p.da, p.a + ": done");
    s.at(p.db, p.b + ": done");
    s.at(std::max(p.da, p.db), "Main: all done");
    return s.transcript();
}
