// expect: wrong-order M05 — a is done first, whoever has the shorter delay
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
    for (const std::string& who : {p.a, p.b}) {
        s.at(0ms, who + ": starting");
    }
    s.at(std::min(p.da, p.db), p.a + ": done");
    s.at(std::max(p.da, p.db), p.b + ": done");
    s.at(std::max(p.da, p.db), "Main: all done");
    return s.transcript();
}
