// 05-shutdown/01 predict-cancel, solved: one line before the wait, one after it.
#include <ex.hpp>

struct P {
    std::string name;
    ms delay;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, p.name + ": starting");
    s.at(p.delay, p.name + ": done"); // time moves only when nothing is ready (R6)
    return s.transcript();
}
