// Two bars that both start at 0, walked in the order in which they end.
#include <ex.hpp>
#include <algorithm>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    struct Bar {
        std::string name;
        ms end;
    };
    std::vector<Bar> bars = {{p.a, p.da}, {p.b, p.db}};
    Sheet s;
    s.at(0ms, "Main: creating tasks");
    s.at(0ms, "Main: waiting for tasks");
    for (const Bar& bar : bars) {
        s.at(0ms, bar.name + ": starting");
    }
    std::sort(bars.begin(), bars.end(), [](const Bar& x, const Bar& y) { return x.end < y.end; });
    for (const Bar& bar : bars) {
        s.at(bar.end, bar.name + ": done");
    }
    s.at(bars.back().end, "Main: all done");
    return s.transcript();
}
