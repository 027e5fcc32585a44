// expect: wrong-time turns-take-time — the right order, one millisecond for each call
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    std::vector<std::string> calls = {p.early[0]};
    calls.insert(calls.end(), p.waiters.begin(), p.waiters.end());
    calls.insert(calls.end(), p.early.begin() + 1, p.early.end());
    calls.insert(p.value % 2 == 0 ? calls.begin() : calls.end(), p.soon);
    calls.push_back(p.late);
    Sheet s;
    s.at(0ms, "before set");
    s.at(0ms, "after set");
    ms clock = 0ms;
    for (const std::string& name : calls) {
        clock += 1ms;
        s.at(clock, name + ": " + (name == p.soon ? "soon" : std::to_string(p.value)));
    }
    s.at(clock + 1ms, "all know");
    return s.transcript();
}
