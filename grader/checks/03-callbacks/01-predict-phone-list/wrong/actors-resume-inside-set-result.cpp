// expect: wrong-order M19 — set_result hands over to whoever awaits, main goes on after them
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, "before set");
    for (const std::string& actor : p.waiters) {
        s.at(0ms, actor + ": " + std::to_string(p.value));
    }
    s.at(0ms, "after set");
    const std::string soon = p.soon + ": soon";
    if (p.value % 2 == 0) {
        s.at(0ms, soon);
    }
    for (const std::string& name : p.early) {
        s.at(0ms, name + ": " + std::to_string(p.value));
    }
    if (p.value % 2 != 0) {
        s.at(0ms, soon);
    }
    s.at(0ms, p.late + ": " + std::to_string(p.value));
    s.at(0ms, "all know");
    return s.transcript();
}
