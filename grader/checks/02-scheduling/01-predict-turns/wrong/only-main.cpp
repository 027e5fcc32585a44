// expect: incomplete incomplete — the lines of main, and nothing of the callbacks yet
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
    return s.transcript();
}
