// expect: wrong-order turns-take-time — a delay of 0 is rounded up to 1 ms
#include <ex.hpp>

struct P {
    std::string one, two, three, zero;
    int sleeps;
};

const std::vector<std::string> main_says = {"main", "main again", "main third", "main fourth",
                                            "main fifth"};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, main_says[0]);
    s.at(0ms, p.one);
    s.at(0ms, p.two);
    s.at(0ms, main_says[1]);
    if (!p.zero.empty()) {
        s.at(1ms, p.zero);
    }
    s.at(0ms, p.three);
    for (int i = 2; i <= p.sleeps; ++i) {
        s.at(0ms, main_says[i]);
    }
    return s.transcript();
}
