// expect: wrong-order M11 — callbacks are called at once, the timer comes when all is over
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
    s.at(0ms, p.two);
    s.at(0ms, p.three);
    s.at(0ms, main_says[0]);
    for (int i = 1; i <= p.sleeps; ++i) {
        s.at(0ms, main_says[i]);
    }
    if (!p.zero.empty()) {
        s.at(0ms, p.zero);
    }
    return s.transcript();
}
