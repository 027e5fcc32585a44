// expect: wrong-order M05 — b is not done before a, because a is awaited first
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
    const ms longest = std::max(p.da, p.db);
    s.at(p.da, p.a + ": done");
    s.at(longest, p.b + ": done");
    s.at(longest, "Main: all done");
    return s.transcript();
}
