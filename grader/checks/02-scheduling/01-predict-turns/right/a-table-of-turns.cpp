// One row for each turn: who stands in line when it begins.
#include <ex.hpp>

struct P {
    std::string one, two, three, zero;
    int sleeps;
};

Transcript predict(const P& p) {
    std::vector<std::vector<std::string>> turns = {
        {"main"}, {p.one, p.two, "main again", p.zero}, {p.three}};
    for (const std::string line : {"third", "fourth", "fifth"}) {
        turns.push_back({"main " + line});
    }
    turns.resize(p.sleeps + 2); // three has a turn of its own here, which is not visible
    Sheet s;
    for (const auto& turn : turns) {
        for (const std::string& who : turn) {
            if (!who.empty()) {
                s.at(0ms, who);
            }
        }
    }
    return s.transcript();
}
