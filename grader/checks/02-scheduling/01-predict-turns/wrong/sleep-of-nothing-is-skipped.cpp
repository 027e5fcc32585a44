// expect: wrong-order M12-sleep — a sleep of 0 gives nobody a turn
#include <ex.hpp>

struct P {
    std::string one, two, three, zero;
    int sleeps;
};

const std::vector<std::string> main_says = {"main", "main again", "main third", "main fourth",
                                            "main fifth"};

Transcript predict(const P& p) {
    Sheet s;
    for (int i = 0; i <= p.sleeps; ++i) {
        s.at(0ms, main_says[i]);
    }
    s.at(0ms, p.one);
    s.at(0ms, p.two);
    if (!p.zero.empty()) {
        s.at(0ms, p.zero);
    }
    s.at(0ms, p.three);
    return s.transcript();
}
