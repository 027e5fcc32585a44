// The lines one by one, without a Sheet.
#include <ex.hpp>
#include <algorithm>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    Transcript lines = {{0ms, "Main: creating tasks"},
                        {0ms, "Main: waiting for tasks"},
                        {0ms, p.a + ": starting"},
                        {0ms, p.b + ": starting"}};
    const bool a_first = p.da < p.db;
    lines.push_back(a_first ? Line{p.da, p.a + ": done"} : Line{p.db, p.b + ": done"});
    lines.push_back(a_first ? Line{p.db, p.b + ": done"} : Line{p.da, p.a + ": done"});
    lines.push_back({lines.back().at, "Main: all done"});
    return lines;
}
