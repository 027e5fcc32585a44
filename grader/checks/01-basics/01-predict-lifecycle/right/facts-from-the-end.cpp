// The same facts, stated from the last to the first instant.
#include <ex.hpp>
#include <algorithm>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    const auto [shorter, longer] = std::minmax(p.da, p.db);
    Sheet s;
    s.at(longer, (p.da == longer ? p.a : p.b) + ": done");
    s.at(longer, "Main: all done");
    s.at(shorter, (p.da == shorter ? p.a : p.b) + ": done");
    s.at(0ms, "Main: creating tasks");
    s.at(0ms, "Main: waiting for tasks");
    s.at(0ms, p.a + ": starting");
    s.at(0ms, p.b + ": starting");
    return s.transcript();
}
