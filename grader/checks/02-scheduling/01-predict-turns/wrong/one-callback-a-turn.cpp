// expect: wrong-order one-per-turn — a sleep of 0 lasts until one callback has run
#include <ex.hpp>

struct P {
    std::string one, two, three, zero;
    int sleeps;
};

const std::vector<std::string> main_says = {"main", "main again", "main third", "main fourth",
                                            "main fifth"};

Transcript predict(const P& p) {
    std::vector<std::string> callbacks = {p.one, p.two, p.zero, p.three};
    std::erase(callbacks, "");
    Transcript lines = {{0ms, main_says[0]}};
    int slept = 0;
    for (const std::string& callback : callbacks) {
        lines.push_back({0ms, callback});
        if (slept < p.sleeps) {
            lines.push_back({0ms, main_says[++slept]});
        }
    }
    while (slept < p.sleeps) {
        lines.push_back({0ms, main_says[++slept]});
    }
    return lines;
}
