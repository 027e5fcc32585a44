// expect: wrong-order callbacks-first — the late number goes with the other callbacks
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    Sheet s;
    auto v = std::to_string(p.value);
    s.at(0ms, "before set");
    s.at(0ms, "after set");
    for (auto& n : p.early)
        s.at(0ms, n + ": " + v);
    s.at(0ms, p.late + ": " + v);
    for (auto& n : p.waiters)
        s.at(0ms, n + ": " + v);
    s.at(0ms, p.soon + ": soon");
    s.at(0ms, "all know");
    return s.transcript();
}
