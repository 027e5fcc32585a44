// Built from the last line to the first, then turned round.
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    const std::string number = std::to_string(p.value);
    std::vector<std::string> back = {"all know", p.late + ": " + number};
    const bool moved = p.value % 2 == 0;
    if (!moved) {
        back.push_back(p.soon + ": soon");
    }
    std::vector<std::string> list = p.early;
    list.insert(list.begin() + 1, p.waiters.begin(), p.waiters.end());
    for (auto name = list.rbegin(); name != list.rend(); ++name) {
        back.push_back(*name + ": " + number);
    }
    if (moved) {
        back.push_back(p.soon + ": soon");
    }
    back.push_back("after set");
    back.push_back("before set");
    Sheet s;
    while (!back.empty()) {
        s.at(0ms, back.back());
        back.pop_back();
    }
    return s.transcript();
}
