// expect: wrong-order M04 — the shorter task runs alone, the other one starts after it
#include <ex.hpp>
#include <algorithm>

struct P {
    std::string a, b;
    ms da, db;
};

Transcript predict(const P& p) {
    Sheet s;
    ms clock = 0ms;
    s.at(clock, "Main: creating tasks");
    s.at(clock, "Main: waiting for tasks");
    std::vector<std::pair<ms, std::string>> queue = {{p.da, p.a}, {p.db, p.b}};
    std::sort(queue.begin(), queue.end());
    for (const auto& [delay, name] : queue) {
        s.at(clock, name + ": starting");
        clock += delay;
        s.at(clock, name + ": done");
    }
    s.at(clock, "Main: all done");
    return s.transcript();
}
