// expect: wrong-order M11 — call_soon calls at once, also inside a callback
#include <ex.hpp>

struct P {
    std::string one, two, three, zero;
    int sleeps;
};

const std::vector<std::string> main_says = {"main", "main again", "main third", "main fourth",
                                            "main fifth"};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, p.one);
    s.at(0ms, p.three);
    s.at(0ms, p.two);
    s.at(0ms, main_says[0]);
    s.at(0ms, main_says[1]);
    if (!p.zero.empty()) {
        s.at(0ms, p.zero);
    }
    for (int i = 2; i <= p.sleeps; ++i) {
        s.at(0ms, main_says[i]);
    }
    return s.transcript();
}
