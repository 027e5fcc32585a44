// expect: wrong-order M16-drain — the timers are looked at when a round is over, not before it
#include <ex.hpp>

struct P {
    std::string one, two, three, zero;
    int sleeps;
};

const std::vector<std::string> main_says = {"main", "main again", "main third", "main fourth",
                                            "main fifth"};

Transcript predict(const P& p) {
    std::vector<std::vector<std::string>> turns(6);
    turns[0] = {main_says[0]};
    turns[1] = {p.one, p.two, main_says[1]};
    turns[2] = {p.three};
    for (int i = 2; i <= p.sleeps; ++i) {
        turns[i].push_back(main_says[i]);
    }
    if (!p.zero.empty()) {
        turns[2].push_back(p.zero);
    }
    Transcript lines;
    for (const auto& turn : turns) {
        for (const std::string& who : turn) {
            lines.push_back({0ms, who});
        }
    }
    return lines;
}
