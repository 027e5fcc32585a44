// expect: wrong-time M07 — the await takes no time
#include <ex.hpp>

struct P {
    std::string name;
    ms delay;
};

Transcript predict(const P& p) {
    Sheet s;
    s.at(0ms, p.name + ": starting");
    s.at(0ms, p.name + ": done");
    return s.transcript();
}
