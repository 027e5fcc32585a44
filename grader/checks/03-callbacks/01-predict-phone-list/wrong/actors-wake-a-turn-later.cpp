// expect: wrong-order M04 — callbacks in one turn, the tasks that they belong to in the next
#include <ex.hpp>

struct P {
    std::vector<std::string> early;
    std::string late, soon;
    std::vector<std::string> waiters;
    int value;
};

Transcript predict(const P& p) {
    std::vector<std::vector<std::string>> turns = {{"before set", "after set"}, {}, {}};
    const auto news = [&](const std::string& name) {
        return name + ": " + std::to_string(p.value);
    };
    for (const auto& name : p.early) {
        turns[1].push_back(news(name));
    }
    turns[1].insert(p.value % 2 ? turns[1].end() : turns[1].begin(), p.soon + ": soon");
    turns[1].push_back(news(p.late));
    for (const auto& name : p.waiters) {
        turns[2].push_back(news(name));
    }
    turns.push_back({"all know"});
    Sheet s;
    for (const auto& turn : turns) {
        for (const auto& line : turn) {
            s.at(0ms, line);
        }
    }
    return s.transcript();
}
